"""The tables of the promises: commitments, their steps, what was changed of them."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind, link_column
from partybuilding.opendata.tables import milestones
from partybuilding.opendata.tables.milestones import Milestone
from partybuilding.opendata.tables.shape import (
    STEPS as STEPS_UNIT,
)
from partybuilding.opendata.tables.shape import (
    Sources,
    Table,
    project_column,
)
from partybuilding.progress.models import StepReport
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import explanation_of
from partybuilding.projects.promises.changes import AppliedChange, Reads
from partybuilding.projects.promises.selectors import HEAVY, readable_promises
from partybuilding.projects.states import ChangedPart


def _promises() -> QuerySet[Commitment]:
    """Return every public promise with its steps and what was reported of them, project by project."""
    reports = StepReport.objects.public().with_outcome()
    rows = readable_promises().select_related("project__page").defer(*HEAVY)
    found = rows.prefetch_related("steps", Prefetch("steps__reports", reports))
    return found.order_by("project__code", "order", "pk")


def _commitments(sources: Sources) -> Iterator[Milestone]:
    """Yield the promises, each with its number on its project's page."""
    numbers: Counter[int] = Counter()
    for commitment in _promises():
        numbers[commitment.project_id] += 1
        yield Milestone(commitment, numbers[commitment.project_id], sources)


def _steps(sources: Sources) -> Iterator[Milestone]:
    for row in _commitments(sources):
        for number, step in enumerate(row.commitment.steps.all(), start=1):
            step.commitment = row.commitment
            yield Milestone(row.commitment, number, sources, step)


COMMITMENTS = Table(
    "commitments",
    gettext_lazy("Commitments"),
    gettext_lazy("One row for each public commitment, and where it stands."),
    (
        Column(
            gettext_lazy("Number of the commitment"),
            lambda row: str(row.commitment.pk),
            "id",
            meaning=gettext_lazy("Names the row; the other tables refer to it."),
        ),
        project_column(lambda row: row.project.code),
        Column(
            pgettext_lazy("of a commitment", "Place"),
            lambda row: row.number,
            "number",
            Kind.NUMBER,
            meaning=gettext_lazy("Its place on the page of its project."),
        ),
        Column(
            pgettext_lazy("commitment", "Goal"),
            lambda row: row.commitment.goal,
            "title",
            meaning=gettext_lazy("What was promised."),
        ),
        Column(
            pgettext_lazy("commitment", "Short name"),
            lambda row: row.commitment.short_name,
            "shortTitle",
            meaning=gettext_lazy("At most 20 characters; empty where the organization gave none."),
        ),
        Column(
            pgettext_lazy("commitment", "Responsible person"),
            lambda row: row.commitment.person,
            "person",
            meaning=gettext_lazy("Who answers for it, by name."),
        ),
        Column(
            pgettext_lazy("commitment", "Post"),
            lambda row: row.commitment.post,
            "post",
            meaning=gettext_lazy("The post of whoever answers for it."),
        ),
        *milestones.COLUMNS,
        Column(
            gettext_lazy("Steps of it"),
            lambda row: row.promise.steps,
            "steps",
            Kind.NUMBER,
            meaning=gettext_lazy("The steps by which it is kept."),
            unit=STEPS_UNIT,
        ),
        Column(
            gettext_lazy("Steps of it done"),
            lambda row: row.promise.closed,
            "steps_closed",
            Kind.NUMBER,
            meaning=gettext_lazy("Those of them that were reported done with evidence."),
            unit=STEPS_UNIT,
        ),
        Column(
            gettext_lazy("Why it was not kept"),
            lambda row: explanation_of(row.commitment),
            "explanation",
            meaning=gettext_lazy("As told with the results; empty for what was kept."),
        ),
        link_column(lambda row: row.url),
    ),
    _commitments,
    key="id",
    refers={"project": "projects"},
)
STEPS = Table(
    "steps",
    gettext_lazy("Steps of the promises"),
    gettext_lazy("One row for each step of a commitment, and where it stands."),
    (
        Column(
            gettext_lazy("Number of the step"),
            lambda row: str(row.step.pk),
            "id",
            meaning=gettext_lazy("Names the row; the other tables refer to it."),
        ),
        project_column(lambda row: row.project.code),
        Column(
            gettext_lazy("Number of the commitment"),
            lambda row: str(row.commitment.pk),
            "commitment",
            meaning=gettext_lazy("The commitment that it belongs to."),
        ),
        Column(
            pgettext_lazy("of a step", "Place"),
            lambda row: row.number,
            "number",
            Kind.NUMBER,
            meaning=gettext_lazy("Its place among the steps of its commitment."),
        ),
        Column(
            gettext_lazy("implementation step"),
            lambda row: row.step.title,
            "title",
            meaning=gettext_lazy("What is to be done."),
        ),
        *milestones.COLUMNS,
        Column(
            pgettext_lazy("of a step", "Evidence"),
            lambda row: row.step.evidence if row.step.is_closed else "",
            "evidence",
            meaning=gettext_lazy("By what it was shown to be done."),
        ),
        link_column(lambda row: row.url),
    ),
    _steps,
    key="id",
    refers={"project": "projects", "commitment": "commitments"},
)


class Change(NamedTuple):
    """One change of a promise that took effect."""

    commitment: Commitment
    change: AppliedChange
    url: str


def _changes(sources: Sources) -> Iterator[Change]:
    for row in _commitments(sources):
        for change in row.commitment.applied_changes:
            yield Change(row.commitment, change, row.url)


def _read(reads: Reads) -> str:
    """Return what a part of a promise reads; a day as every day of the data."""
    return reads.day.isoformat() if reads.day else str(reads)


CHANGES = Table(
    "changes",
    gettext_lazy("Changes of commitments"),
    gettext_lazy(
        "One row for each change of a published commitment that was approved, with its reason."
    ),
    (
        Column(
            gettext_lazy("Number of the change"),
            lambda row: str(row.change.number),
            "id",
            meaning=gettext_lazy("Names the row."),
        ),
        project_column(lambda row: row.commitment.project.code),
        Column(
            gettext_lazy("Number of the commitment"),
            lambda row: str(row.commitment.pk),
            "commitment",
            meaning=gettext_lazy("The commitment that was changed."),
        ),
        Column(
            gettext_lazy("Number of the step"),
            lambda row: row.change.step and str(row.change.step),
            "step",
            meaning=gettext_lazy("The step that was changed; empty for the commitment itself."),
        ),
        Column(
            gettext_lazy("Steps moved along"),
            lambda row: [str(step) for step in row.change.along],
            "along",
            Kind.LIST,
            meaning=gettext_lazy("The numbers of the steps whose deadline moved with it."),
        ),
        Column(
            pgettext_lazy("of a change", "Part"),
            lambda row: row.change.part_label,
            "part",
            meaning=gettext_lazy("What of it was changed."),
        ),
        Column(
            "",
            lambda row: row.change.part,
            "part_code",
            meaning=gettext_lazy("The code of the part."),
            codes=dict(ChangedPart.choices),
        ),
        Column(
            pgettext_lazy("of a change", "Before"),
            lambda row: _read(row.change.old),
            "old",
            meaning=gettext_lazy("What it said before."),
        ),
        Column(
            pgettext_lazy("of a change", "Afterwards"),
            lambda row: _read(row.change.new),
            "new",
            meaning=gettext_lazy("What it has said since."),
        ),
        Column(
            pgettext_lazy("of a change", "Reason"),
            lambda row: row.change.reason,
            "reason",
            meaning=gettext_lazy("The public reason."),
        ),
        Column(
            gettext_lazy("In force since"),
            lambda row: row.change.at,
            "changed_at",
            Kind.MOMENT,
            meaning=gettext_lazy("When it was approved."),
        ),
        link_column(lambda row: row.url),
    ),
    _changes,
    key="id",
    refers={"project": "projects", "commitment": "commitments", "step": "steps"},
)
