"""Form fields that the registers share."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role
from partybuilding.core.text.characters import name_key
from partybuilding.core.text.validators import OnPaper
from partybuilding.organizations.imports.workbook import MAX_ROWS
from partybuilding.organizations.models import ExpertGroup, Membership, Organization
from partybuilding.organizations.selectors import experts

SEPARATOR = " "


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def refuse_alike(form: forms.ModelForm, field: str) -> str:
    """Return what was typed, unless another row has a name that looks the same."""
    typed: str = form.cleaned_data[field]
    others = type(form.instance)._default_manager.exclude(pk=form.instance.pk)
    if name_key(typed) in {name_key(name) for name in others.values_list(field, flat=True)}:
        raise forms.ValidationError(form.Meta.error_messages[field]["unique"], code="unique")
    return typed


class SuggestedInput(forms.TextInput):
    """A line of text with suggestions while typing; works as plain text without them."""

    template_name = "partybuilding/organizations/suggested_input.html"
    suggestions: list[str] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the suggestions."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"].update({"list": list_id, "autocomplete": "off"})
        return {**context, "list_id": list_id, "suggestions": self.suggestions}


class OrganizationField(forms.CharField):
    """One organisation, named by code, by name, or by both as suggested."""

    widget = SuggestedInput
    default_error_messages = {
        "unknown": _(
            "There is no organization of this code or name; choose one of the suggestions."
        ),
    }

    def __init__(self, *args: Any, queryset: QuerySet[Organization] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.queryset = Organization.objects.active() if queryset is None else queryset

    def offer(self, queryset: QuerySet[Organization]) -> None:
        """Offer these organisations as suggestions, and no other as answers."""
        self.queryset = queryset
        rows = queryset.order_by("code_key").values_list("code", "name")
        self.widget.suggestions = [SEPARATOR.join(row) for row in rows]

    def prepare_value(self, value: Any) -> Any:
        """Write an organisation as it is suggested."""
        if isinstance(value, int):
            value = Organization.objects.filter(pk=value).first()
        return (
            SEPARATOR.join((value.code, value.name)) if isinstance(value, Organization) else value
        )

    def clean(self, value: Any) -> Organization | None:
        """Return the organisation that is meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        code = text.split(SEPARATOR)[0]
        found = list(self.queryset.filter(Q(code=text) | Q(name=text) | Q(code=code)))
        exact = [one for one in found if text in (one.code, one.name)]
        chosen = (
            exact
            or found
            or [
                one
                for one in self.queryset
                if name_key(text) in (name_key(one.name), name_key(one.code))
            ]
        )
        if not chosen:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return chosen[0]


class ExpertChoice(forms.ModelMultipleChoiceField):
    """Experts to tick, each with where they come from."""

    def label_from_instance(self, person: Any) -> str:
        """Name the person with post and organisation."""
        held = next((one for one in person.as_expert if one.is_current), None)
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


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label=_("Filled template (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the filled template first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("At most %(number)s rows a sheet.")
        self.fields["file"].help_text = words % {"number": MAX_ROWS}


class OrganizationForm(OnPaper, forms.ModelForm):
    """The facts of an organisation; where it reports follows from its place."""

    parent = OrganizationField(
        label=_("superior organization"),
        required=False,
        help_text=_("Type a part of the code or name and choose. Districts' own need none."),
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "code",
            "kind",
            "sector",
            "parent",
            "is_reporting_unit",
            "secretary_name",
            "secretary_post",
        ]
        labels = {"name": _("organization name")}
        help_texts = {
            "name": _("The full name, as it stands in the statistics."),
            "is_reporting_unit": _("Organizations below it then report through it."),
            "secretary_name": _(
                "The first responsible person of its projects; without, none can be submitted."
            ),
        }
        error_messages = {
            "name": {"unique": _("Another organization already has this name.")},
            "code": {"unique": _("Another organization already has this code.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(Organization.objects.active().exclude(pk=self.instance.pk))

    def clean_name(self) -> str:
        """Refuse a name that looks like another's."""
        return refuse_alike(self, "name")
