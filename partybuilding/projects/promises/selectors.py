"""The promises that residents read, told or counted: published rows of readable pages only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partybuilding.core.answers.wording import worded
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.models.commitment import (
    CLOSED,
    STEP_CLOSED,
    CommitmentQuerySet,
    promise_of,
)
from partybuilding.projects.models.frozen import ending_of
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.changes import AppliedChange
from partybuilding.projects.promises.progress import days_late, mark_of
from partybuilding.projects.states import KEEPING, OVER, CommitmentState, Mark

#: Parts of a page that no list shows.
HEAVY = ("project__page__body", "project__page__attachments")
#: So many projects are asked about in one form; more, of a file, in a form of their own.
FEW = 1024

#: What a page tells of a promise beside its goal, and of the project that it belongs to.
TOLD = (
    *("project", "goal", "short_name", "deadline", "changes_told"),
    *("order", "person", "post", "explanation"),
)
TOLD_OF_PROJECT = (
    *("facts", "state", "state_since", "sector", "cycle", "organization__name"),
    *("organization__unit", "organization__place", "organization__township"),
    *("page__title", "page__path", "page__depth", "page__url_path"),
)


#: What a promise is counted by, and what its standing is computed from; the former in the order of `Counted`.
COUNTED = (
    *("pk", "project", "project__cycle", "project__sector", "project__organization"),
    *("project__organization__unit", "project__organization__place"),
    *("project__state", "project__state_since", "deadline", "changes_told"),
    *("steps_counted", "closed_counted", "last_closed_on"),
)


@dataclass(frozen=True)
class Tally:
    """How far a project's promises have come, in numbers."""

    commitments: int = 0
    kept: int = 0
    overdue: int = 0
    steps: int = 0
    closed: int = 0


def readable_promises() -> CommitmentQuerySet:
    """Return the published commitments of the projects whose page residents may read."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    return Commitment.objects.published().filter(project__in=pages)


def told_promises(
    *, years: Iterable[int] = (), projects: Iterable[int] = (), keeping: bool = False
) -> list[Commitment]:
    """Return published promises as public pages tell them, with project, unit and page; two queries.

    The promises of a project share one of it: a year has four times as many of them.

    Args:
        years, projects: whose promises are told.
        keeping: whether those of all projects that are carried out are told, too.
    """
    asked = tuple(years), tuple(projects), keeping
    found = _told_promises(*asked)
    known = {project.pk: project for project in _told_projects(*asked)}
    for one in found:
        one.project = known[one.project_id]
    return found


@worded
def _told_promises(
    years: tuple[int, ...], projects: tuple[int, ...], keeping: bool
) -> QuerySet[Commitment]:
    rows = readable_promises().filter(_of(years, projects, keeping, "project__"))
    return rows.with_steps_counted().only(*TOLD).order_by("deadline", "pk")


@worded
def _told_projects(
    years: tuple[int, ...], projects: tuple[int, ...], keeping: bool
) -> QuerySet[Project]:
    rows = Project.objects.filter(_of(years, projects, keeping), page__isnull=False)
    return rows.select_related("organization", "page").only(*TOLD_OF_PROJECT)


def named_promises(keys: Iterable[int]) -> dict[int, Commitment]:
    """Return promises as public pages tell them, by their keys; one query."""
    asked = tuple(keys)
    return {one.pk: one for one in _named_promises(asked)} if asked else {}


@worded
def _named_promises(keys: tuple[int, ...]) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(pk__in=keys).with_steps_counted()
    shown = (*TOLD, *(f"project__{name}" for name in TOLD_OF_PROJECT))
    return rows.select_related("project__organization", "project__page").only(*shown)


def _of(years: tuple[int, ...], projects: tuple[int, ...], keeping: bool, way: str = "") -> Q:
    """Return the condition that a project, or what `way` leads to it from, is one of those asked for."""
    found = Q(**{f"{way}cycle__in": years}) | Q(**{f"{way}pk__in": projects})
    return found | Q(**{f"{way}state__in": KEEPING}) if keeping else found


@dataclass(frozen=True, slots=True)
class Counted:
    """A promise as it is counted: where it stands on the day, and what it is counted by.

    Args:
        late: how many days.
        organization, unit_id, place_id: of its project, as the register has it today.
    """

    mark: Mark
    late: int
    pk: int
    project: int
    cycle: int
    sector: str
    organization: int
    unit_id: int | None
    place_id: int | None


def counted_promises(
    *,
    years: Iterable[int] = (),
    projects: Iterable[int] = (),
    keeping: bool = False,
    today: date | None = None,
) -> list[Counted]:
    """Return the promises that `told_promises` tells, to be counted; one query, which reads no record of them.

    Hundreds are counted where a few are told, and a record takes longer than its row.
    """
    today, endings, found = today or timezone.localdate(), cache(ending_of), []
    for *by, state, since, deadline, changes, steps, closed, last in _counted_promises(
        tuple(years), tuple(projects), keeping
    ):
        told = [AppliedChange.from_json(one) for one in changes]
        promise = promise_of(deadline, told, (steps, closed, last), endings(state, since))
        mark, late = mark_of(promise, today), days_late(promise, today)
        found.append(Counted(mark, late, *by))
    return found


@worded
def _counted_promises(
    years: tuple[int, ...], projects: tuple[int, ...], keeping: bool
) -> QuerySet[Commitment, Any]:
    rows = readable_promises().filter(_of(years, projects, keeping, "project__"))
    return rows.with_steps_counted().order_by("deadline", "pk").values_list(*COUNTED)


def marks_of(promises: Iterable[Commitment | Counted], today: date | None = None) -> Counter[Mark]:
    """Count promises by how they are told to residents; those that are counted already, as of their day."""
    today = today or timezone.localdate()
    return Counter(
        one.mark if isinstance(one, Counted) else mark_of(one.promise, today) for one in promises
    )


def unkept_in(cycle: int, today: date | None = None) -> set[int]:
    """Return the keys of the projects of a year that left a promise undone for ever (`Mark.MISSED`); one query."""
    return set(_unkept_in(cycle, today or timezone.localdate()))


@worded
def _unkept_in(cycle: int, today: date) -> QuerySet[Commitment, int]:
    late = readable_promises().overdue(today).filter(project__cycle=cycle)
    return late.filter(project__state__in=OVER).values_list("project", flat=True)


def newest_closing() -> date | None:
    """Return the day on which a step of a promise that residents read was closed last; None before the first."""
    # Asked of one step after the other, the newest first: as lists of all promises and pages it reads every one.
    promises = Commitment.objects.published().filter(pk=OuterRef("commitment"))
    pages = ProjectPage.objects.readable().filter(project=OuterRef("commitment__project"))
    steps = CommitmentStep.objects.filter(CLOSED, Exists(promises), Exists(pages.order_by()))
    return steps.order_by("-closed_on").values_list("closed_on", flat=True).first()


def late_projects(project: str, today: date | None = None) -> Exists:
    """Return the condition that a project has an overdue published commitment.

    Args:
        project: the name of the project's key in the outer query.
        today: the day that is asked about.
    """
    late = Commitment.objects.published().overdue(today)
    return Exists(late.filter(project=OuterRef(project)))


@dataclass(frozen=True)
class Standing:
    """How many promises of one project stand in one state, with their steps."""

    project: int
    unit: int | None
    unit_key: str
    unit_name: str
    state: CommitmentState
    commitments: int
    steps: int
    closed: int


def standings(
    projects: QuerySet | Iterable[int], today: date | None = None, **narrowed: Any
) -> Sequence[Standing]:
    """Return where the published promises of many projects stand, counted in one query.

    Args:
        narrowed: what else is asked of the promises, such as when they are due.
    """
    today = today or timezone.localdate()
    if narrowed or isinstance(projects, QuerySet) or len(keys := tuple(projects)) > FEW:
        rows: Iterable[Any] = _standings(projects, today, **narrowed)
    else:
        rows = _standings_of(keys, today)
    return [
        Standing(project, unit_id, key or "", name or "", CommitmentState(state), *numbers)
        for project, unit_id, key, name, state, *numbers in rows
    ]


@worded
def _standings_of(projects: tuple[int, ...], today: date) -> QuerySet[Commitment, Any]:
    return _standings(projects, today)


def _standings(projects: Any, today: date, **narrowed: Any) -> QuerySet[Commitment, Any]:
    unit = "project__organization__unit"
    return (
        Commitment.objects.published()
        .filter(project__in=projects, **narrowed)
        .with_standing(today)
        .order_by()
        .values_list("project", unit, f"{unit}__code_key", f"{unit}__name", "standing")
        .annotate(
            n=Count("pk", distinct=True),
            n_steps=Count("steps"),
            n_closed=Count("steps", filter=STEP_CLOSED),
        )
    )


def tallies(rows: Iterable[Standing]) -> Mapping[int, Tally]:
    """Add the standings up by project; one without published promises is left out."""
    found: dict[int, Tally] = {}
    for row in rows:
        so_far = found.get(row.project, Tally())
        found[row.project] = Tally(
            commitments=so_far.commitments + row.commitments,
            kept=so_far.kept + row.commitments * (row.state == CommitmentState.DONE),
            overdue=so_far.overdue + row.commitments * (row.state == CommitmentState.OVERDUE),
            steps=so_far.steps + row.steps,
            closed=so_far.closed + row.closed,
        )
    return found
