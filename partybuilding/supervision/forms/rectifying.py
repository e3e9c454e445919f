"""What is found and to be put right: to write it down, to correct it, to send its rectification back."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.steps import DayField, StepForm, words_field
from partybuilding.core.text.validators import OnPaper
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Commitment
from partybuilding.supervision.corrections import FindingNote
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.rules import latest_deadline
from partybuilding.supervision.states import RectificationState

#: The most findings of one visit.
MOST_FINDINGS = 8


def deadline_field(label: Any, cycle: Cycle, **more: Any) -> forms.DateField:
    """Return a field for the day by which a finding is to be put right: tomorrow to the end of the year's work."""
    today = timezone.localdate()
    first, last = today + timedelta(days=1), latest_deadline(cycle, today)
    return DayField(label=label, first=first, last=last, **more)


def correction_reason() -> forms.CharField:
    """Return the field for why something is corrected."""
    return words_field(
        _("reason of the correction"),
        required=True,
        rows=3,
        help_text=_("Public with the correction; the old words stay readable beside the new ones."),
    )


class FindingForm(OnPaper, forms.Form):
    """One finding; a row without words counts as empty."""

    finding = forms.CharField(
        label=_("finding"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what was found.")},
    )
    requirement = forms.CharField(
        label=_("what is asked for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what is asked for.")},
    )
    commitment = forms.TypedChoiceField(
        label=_("commitment it concerns"), required=False, coerce=int, empty_value=None
    )

    fields: dict[str, Any]

    def __init__(
        self,
        *args: Any,
        commitments: list[tuple[str, Any]],
        proposed: date,
        cycle: Cycle,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].choices = commitments
        self.fields["rectify_by"] = deadline_field(_("to be rectified by"), cycle, initial=proposed)

    def has_changed(self) -> bool:
        """Tell whether the row says anything in words."""
        return bool({"finding", "requirement"} & set(self.changed_data))

    @property
    def note(self) -> FindingNote:
        """What the row says."""
        given = self.cleaned_data
        return FindingNote(
            given["finding"], given["requirement"], given["rectify_by"], given["commitment"]
        )


class CorrectFindingForm(FindingForm):
    """A finding as it should have read; its deadline only while it can still be met."""

    reason = correction_reason()

    def __init__(self, *args: Any, rectification: Rectification, **kwargs: Any) -> None:
        one = rectification
        names = ("finding", "requirement", "commitment")
        initial = {"finding": one.finding, "requirement": one.requirement}
        super().__init__(
            *args,
            commitments=named_commitments(commitments_of(one.activity)),
            proposed=one.rectify_by,
            cycle=one.project.cycle,
            initial={**initial, "commitment": one.commitment_id},
            **kwargs,
        )
        self.stands = one.rectify_by
        if one.state != RectificationState.ISSUED or one.is_overdue():
            del self.fields["rectify_by"]
        self.order_fields([*names, "rectify_by", "reason"])

    @property
    def note(self) -> FindingNote:
        """What it is to say."""
        given = self.cleaned_data
        day = given.get("rectify_by", self.stands)
        return FindingNote(given["finding"], given["requirement"], day, given["commitment"])


FindingSet = formset_factory(
    FindingForm, extra=MOST_FINDINGS, max_num=MOST_FINDINGS, absolute_max=MOST_FINDINGS
)


def commitments_of(activity: Activity) -> list[Commitment]:
    """Return the commitments of an activity's project with their steps."""
    found = list(activity.project.commitments.prefetch_related("steps"))
    for one in found:
        one.project = activity.project
    return found


def named_commitments(commitments: Iterable[Commitment]) -> list[tuple[str, Any]]:
    """Return the choices of a finding: one of the commitments, or none."""
    named = [(str(one.pk), f"{n}. {one.goal}") for n, one in enumerate(commitments, 1)]
    return [("", _("none in particular")), *named]


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
