"""Day and officer for many activities, and one dispatch meeting for many projects."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.machine.steps import words_field
from partybuilding.core.text.validators import OnPaper
from partybuilding.core.types import User
from partybuilding.projects.preparation.forms import day_input
from partybuilding.supervision.selectors.files import officers


class OfficerField(forms.ModelChoiceField):
    """A choice of the people of the task force, by name."""

    def label_from_instance(self, person: User) -> str:
        """Name the person."""
        return person.get_full_name() or person.get_username()


class PlanForm(forms.Form):
    """A day, an officer, or both; what is left empty stays as it is."""

    planned_on = forms.DateField(
        label=_("planned for"),
        required=False,
        widget=day_input(),
        help_text=_("Without a day the planned days stay as they are."),
    )
    officer = OfficerField(
        label=_("officer in charge"),
        queryset=None,
        required=False,
        empty_label=_("As it is now"),
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()
        self.fields["planned_on"].widget.attrs["min"] = f"{timezone.localdate():%Y-%m-%d}"

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        given = super().clean() or {}
        if not (self.errors or given.get("planned_on") or given.get("officer")):
            raise forms.ValidationError(_("Give a day or an officer."))
        return given


class MeetingForm(OnPaper, forms.Form):
    """A dispatch meeting: when, who was there, what was said to all."""

    held_on = forms.DateField(label=pgettext_lazy("supervision", "held on"), widget=day_input())
    participants = forms.CharField(
        label=_("who was there"),
        max_length=300,
        help_text=_("Names and posts; not public."),
    )
    summary = words_field(
        _("What was dispatched"),
        required=True,
        rows=5,
        help_text=_("Public with each project; no telephone numbers, no identity cards."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].widget.attrs["max"] = f"{timezone.localdate():%Y-%m-%d}"

    def clean_held_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("What is recorded cannot lie in the future."))
        return day
