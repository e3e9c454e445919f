"""Send a rectification back: the reason, and a new deadline."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.steps import StepForm
from partybuilding.projects.forms_assessments import day_input


class SendBackForm(StepForm):
    """What is asked for besides, and by when."""

    def add_last(self) -> None:
        """Ask for the new deadline; the year's number of working days is proposed."""
        days = self.record.project.cycle.rectification_days
        self.fields["rectify_by"] = forms.DateField(
            label=_("New deadline"),
            initial=add_working_days(timezone.localdate(), days),
            widget=day_input(),
            help_text=_("Lateness is still counted against the first deadline."),
        )

    def clean_rectify_by(self) -> date:
        """Refuse a day that is past."""
        day: date = self.cleaned_data["rectify_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Give a new deadline after today."))
        return day

    def data_of_step(self) -> dict[str, Any]:
        """Return the deadline, as the trail keeps it."""
        return {"rectify_by": self.cleaned_data["rectify_by"].isoformat()}
