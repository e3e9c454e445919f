"""Promises as milestones, aligned with the Open Contracting Data Standard: what it has a word for keeps that word.

未开始 and 推进中 are `scheduled`, 已完成 is `met`, 逾期 is `notMet`. The standard has no word for 已终止: such a
milestone has no status, and says so in `x_terminated`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.registers.exports import ExportColumn, Kind
from partybuilding.opendata.tables.shape import DAYS, Sources
from partybuilding.progress.models import StepReport
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.promises.cards import state_words
from partybuilding.projects.promises.changes import AppliedChange
from partybuilding.projects.promises.progress import Promise, days_late, state_of
from partybuilding.projects.states import CommitmentState, ProjectState

STATUS = {
    CommitmentState.NOT_STARTED: "scheduled",
    CommitmentState.UNDER_WAY: "scheduled",
    CommitmentState.DONE: "met",
    CommitmentState.OVERDUE: "notMet",
    CommitmentState.TERMINATED: "",
}
STATUS_WORDS = {
    "scheduled": pgettext_lazy("milestone", "not due yet"),
    "met": pgettext_lazy("milestone", "kept"),
    "notMet": pgettext_lazy("milestone", "not kept"),
}


@dataclass(frozen=True)
class Milestone:
    """One commitment or one step of it, on a day.

    Args:
        number: its place on its project's page.
        step: the step; None when it is the commitment itself.
    """

    commitment: Commitment
    number: int
    sources: Sources
    step: CommitmentStep | None = None

    @property
    def project(self) -> Project:
        """The project that made the promise."""
        return self.commitment.project

    @cached_property
    def promise(self) -> Promise:
        """What is known of it."""
        return (self.step or self.commitment).promise

    @property
    def state(self) -> CommitmentState:
        """Where it stands."""
        return state_of(self.promise, self.sources.today)

    @property
    def words(self) -> str:
        """Where it stands, as its page says it."""
        return state_words(self.promise, self.sources.today)

    @property
    def days_late(self) -> int:
        """By how many days it missed its first deadline."""
        return days_late(self.promise, self.sources.today)

    @property
    def url(self) -> str:
        """Where residents read it."""
        page = self.project.page.get_url() or ""
        return f"{self.sources.absolute(page)}#commitments"

    @property
    def changes(self) -> list[AppliedChange]:
        """What of it was changed after its publication."""
        found = self.commitment.applied_changes
        return found if self.step is None else [one for one in found if one.touches(self.step.pk)]

    @property
    def modified(self) -> datetime | None:
        """When anything of it last changed."""
        steps = self.commitment.steps.all() if self.step is None else [self.step]
        moments = [self.project.commitments_published_at, *(one.at for one in self.changes)]
        moments += [moment for step in steps for moment in _told(step.reports.all())]
        if self.project.state == ProjectState.TERMINATED:
            moments.append(self.project.state_since)
        return max((moment for moment in moments if moment), default=None)


def _told(reports: Iterable[StepReport]) -> Iterable[datetime | None]:
    for report in reports:
        yield report.reported_at
        yield report.taken_back_at


COLUMNS = (
    ExportColumn(
        pgettext_lazy("commitment", "State"),
        lambda row: row.words,
        "state",
        meaning=gettext_lazy("Computed from the evidence; one that was kept late says so."),
    ),
    ExportColumn(
        pgettext_lazy("commitment", "Code of the state"),
        lambda row: row.state.value,
        "state_code",
        meaning=gettext_lazy("The same in a word that does not change."),
        codes=dict(CommitmentState.choices),
    ),
    ExportColumn(
        gettext_lazy("Status (OCDS)"),
        lambda row: STATUS[row.state],
        "status",
        meaning=gettext_lazy(
            "Aligned with the milestones of OCDS; empty for what was terminated, which it has no word for."
        ),
        codes=STATUS_WORDS,
    ),
    ExportColumn(
        pgettext_lazy("commitment", "Deadline that holds"),
        lambda row: row.promise.current,
        "dueDate",
        Kind.DAY,
        meaning=gettext_lazy("The deadline that holds."),
    ),
    ExportColumn(
        gettext_lazy("First deadline"),
        lambda row: row.promise.original,
        "x_originalDueDate",
        Kind.DAY,
        meaning=gettext_lazy("As it was first published; lateness is counted against it."),
    ),
    ExportColumn(
        gettext_lazy("Kept on"),
        lambda row: row.promise.closed_on if row.promise.is_kept else None,
        "dateMet",
        Kind.DAY,
        meaning=gettext_lazy("When the last step was reported done; empty while one is open."),
    ),
    ExportColumn(
        pgettext_lazy("commitment", "Days late"),
        lambda row: row.days_late,
        "days_late",
        Kind.NUMBER,
        meaning=gettext_lazy(
            "Calendar days past the first deadline: until it was kept, its project ended, or the day of the data."
        ),
        unit=DAYS,
    ),
    ExportColumn(
        gettext_lazy("Terminated"),
        lambda row: row.state == CommitmentState.TERMINATED,
        "x_terminated",
        Kind.FLAG,
        meaning=gettext_lazy("Its project was terminated before it was kept."),
    ),
    ExportColumn(
        pgettext_lazy("commitment", "Times changed"),
        lambda row: len(row.changes),
        "changes",
        Kind.NUMBER,
        meaning=gettext_lazy("How often it was changed after its publication."),
        unit=pgettext_lazy("unit", "times"),
    ),
    ExportColumn(
        pgettext_lazy("commitment", "Last changed"),
        lambda row: row.modified,
        "dateModified",
        Kind.MOMENT,
        meaning=gettext_lazy("When anything of it last changed: words, days, evidence."),
    ),
)
