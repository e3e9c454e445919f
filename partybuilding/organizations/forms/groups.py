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


class LeaderChoice(forms.ModelChoiceField):
    """One of the experts, by name."""

    def label_from_instance(self, person: Any) -> str:
        """Name the person."""
        return person.get_full_name() or person.get_username()


class ExpertGroupForm(forms.ModelForm):
    """A group's name, members and leader."""

    members = ExpertChoice(
        label=_("experts"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Everybody who is appointed as an expert today. Seven experts a group are worth more than any "
            "formula; with fewer than five, no extreme score can be left out."
        ),
    )
    leader = LeaderChoice(
        label=_("leader of the group"),
        queryset=None,
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_(
            "One of its members. Explains where its experts lie far apart, and changes no score."
        ),
    )

    class Meta:
        model = ExpertGroup
        fields = ["name", "leader"]
        labels = {"name": _("group name")}
        error_messages = {"name": {"unique": _("Another group already has this name.")}}

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model()._default_manager
        present = self.instance.members.all() if self.instance.pk else people.none()
        either = Q(pk__in=experts().values("pk")) | Q(pk__in=present.values("pk"))
        held = Membership.objects.filter(role=Role.EXPERT).select_related("organization")
        named = people.filter(either).order_by("written__key", "username")
        self.fields["members"].queryset = named.prefetch_related(
            Prefetch("memberships", held, to_attr="as_expert")
        )
        self.fields["members"].initial = present
        self.fields["leader"].queryset = named
        self.order_fields(["name", "members", "leader"])

    def clean_name(self) -> str:
        """Refuse a name that looks like another's."""
        return refuse_alike(self, "name")

    def clean(self) -> dict[str, Any]:
        """Refuse a leader who is not a member."""
        cleaned = super().clean() or {}
        leader = cleaned.get("leader")
        if leader is not None and leader not in cleaned.get("members", ()):
            self.add_error("leader", _("The leader is one of the members; tick the name above."))
        return cleaned
