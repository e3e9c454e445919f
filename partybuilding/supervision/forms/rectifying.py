"""Send a rectification back: the reason, and a new deadline."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.steps import DayField, StepForm
from partybuilding.supervision.rules import latest_deadline

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle


def deadline_field(label: Any, cycle: "Cycle", **more: Any) -> forms.DateField:
    """Return a field for the day by which a finding is to be put right: tomorrow to the end of the year's work."""
    today = timezone.localdate()
    first, last = today + timedelta(days=1), latest_deadline(cycle, today)
    return DayField(label=label, first=first, last=last, **more)


class SendBackForm(StepForm):
    """What is asked for besides, and by when."""

    def add_last(self) -> None:
        """Ask for the new deadline; the year's number of working days is proposed."""
        cycle = self.record.project.cycle
        self.fields["rectify_by"] = deadline_field(
            _("New deadline"),
            cycle,
            initial=add_working_days(timezone.localdate(), cycle.rectification_days),
            help_text=_("Lateness is still counted against the first deadline."),
        )

    def data_of_step(self) -> dict[str, Any]:
        """Return the deadline, as the trail keeps it."""
        return {"rectify_by": self.cleaned_data["rectify_by"].isoformat()}
