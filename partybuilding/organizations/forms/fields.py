"""Form fields that the registers share."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.text.characters import name_key
from partybuilding.organizations.models import Organization

SEPARATOR = " "


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def refuse_alike(form: Any, field: str) -> str:
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
