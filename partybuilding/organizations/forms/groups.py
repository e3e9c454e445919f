"""The form of an expert group."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role
from partybuilding.core.types import User
from partybuilding.organizations.forms.fields import refuse_alike
from partybuilding.organizations.models import ExpertGroup, Membership
from partybuilding.organizations.selectors import experts


class ExpertChoice(forms.ModelMultipleChoiceField):
    """Experts to tick, each with where they come from."""

    def label_from_instance(self, person: User) -> str:
        """Name the person with post and organisation."""
        held = next((one for one in person.as_expert if one.is_current), None)  # type: ignore[attr-defined]
        name = person.get_full_name() or person.get_username()
        return f"{name}（{held.post or held.organization}）" if held else name


class ExpertGroupForm(forms.ModelForm):
    """A group's name and members."""

    members = ExpertChoice(
        label=_("experts"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody who is appointed as an expert today."),
    )

    class Meta:
        model = ExpertGroup
        fields = ["name"]
        labels = {"name": _("group name")}
        error_messages = {"name": {"unique": _("Another group already has this name.")}}

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model()._default_manager
        present = self.instance.members.all() if self.instance.pk else people.none()
        either = Q(pk__in=experts().values("pk")) | Q(pk__in=present.values("pk"))
        held = Membership.objects.filter(role=Role.EXPERT).select_related("organization")
        self.fields["members"].queryset = (
            people.filter(either)
            .order_by("written__key", "username")
            .prefetch_related(Prefetch("memberships", held, to_attr="as_expert"))
        )
        self.fields["members"].initial = present

    def clean_name(self) -> str:
        """Refuse a name that looks like another's."""
        return refuse_alike(self, "name")
