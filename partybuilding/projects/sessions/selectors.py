"""Read decision sessions: their lists, the ranking by initial rating, and all facts of one project."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from partybuilding.core.models import Purpose, TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.types import AnyUser
from partybuilding.core.words.book import Word
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.documents import grounds_of
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.preparation.selectors import (
    DutyRow,
    Held,
    RatingSheet,
    Requirement,
    duty_rows,
    held_assessments,
    rating_sheet,
    requirements,
    with_preparation,
)
from partybuilding.projects.rules import FIRST_REVIEWS
from partybuilding.projects.selectors import decided_with, earlier_projects
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.states import UNDECIDED, Decision, ProjectState

#: The items without a decision, by the name in an address.
NOT_NOTED = "undecided"
#: Earlier projects of the organisation that the meeting sees.
EARLIER = 5


def sessions_with_counts() -> QuerySet[DecisionSession]:
    """Return every session, the newest first, with the number of its items by decision."""
    counts = {
        code: Count("items", filter=Q(items__decision=code, items__refusal=""))
        for code in Decision.values
    }
    return (
        DecisionSession.objects.select_related("cycle", "opened_by")
        .annotate(
            n_items=Count("items"),
            n_undecided=Count("items", filter=Q(items__decision="")),
            n_refused=Count("items", filter=~Q(items__refusal="")),
            **{f"n_{code}": count for code, count in counts.items()},
        )
        .order_by("-opened_at", "-pk")
    )


def undecided_sessions() -> QuerySet[DecisionSession]:
    """Return the open sessions with the number of what they have not decided."""
    undecided = Count("items", filter=Q(items__decision=""))
    return DecisionSession.objects.filter(closed_at=None).annotate(n=undecided)  # type: ignore[no-redef]


@dataclass(frozen=True)
class SectorCount:
    """How many projects of a field await the decision, and how many of them are prepared."""

    sector: Word
    waiting: int
    ready: int

    @property
    def lacking(self) -> int:
        """How many are not prepared yet."""
        return self.waiting - self.ready


def waiting_by_sector(cycle: Cycle) -> list[SectorCount]:
    """Count by field what awaits the decision of a year; fields without any are left out.

    What the unit did not recommend needs no preparation to be declined.
    """
    waiting = Project.objects.filter(cycle=cycle, state__in=UNDECIDED)
    prepared = with_preparation(waiting).values_list("sector", "is_ready", "state")  # type: ignore[misc]
    marks = [
        (sector, ready or state == ProjectState.NOT_RECOMMENDED)
        for sector, ready, state in prepared
    ]
    counts = (
        SectorCount(
            word,
            sum(one == word.code for one, _ready in marks),
            sum(one == word.code and ready for one, ready in marks),
        )
        for word in SECTORS.words(cycle.pk)
    )
    return [count for count in counts if count.waiting]


def agenda(session: DecisionSession) -> list[SessionItem]:
    """Return the items of a session in their order, with what a list of them shows."""
    projects = (
        with_preparation(Project.objects.all())
        .select_related("cycle", "organization__unit")
        .prefetch_related("partners")
        .defer(*APPLICATION.long_columns, "answers", "results_summary")
    )
    items = session.items.select_related("decided_by").prefetch_related(
        Prefetch("project", queryset=projects)
    )
    return list(items)


def agenda_stamp(session: DecisionSession) -> str:
    """Return a text that changes whenever a decision is noted, replaced or undone."""
    facts = session.items.aggregate(noted=Count("decided_at"), last=Max("decided_at"))
    last = facts["last"].timestamp() if facts["last"] else 0
    return f"{facts['noted']}-{last}-{'open' if session.is_open else 'closed'}"


@dataclass(frozen=True)
class Rank:
    """A project's place by its initial rating, in the year and in its field."""

    overall: int
    of: int
    in_sector: int
    of_sector: int


def rank_of(project: Project) -> Rank | None:
    """Return a project's place among the fully rated ones of its year; equal points share a place."""
    rated = with_preparation(Project.objects.filter(cycle=project.cycle_id)).filter(is_rated=True)  # type: ignore[misc]
    rows = list(
        rated.exclude(state=ProjectState.WITHDRAWN).values_list("pk", "sector", "total_points")  # type: ignore[misc]
    )
    own = next((points for pk, _sector, points in rows if pk == project.pk), None)
    if own is None:
        return None
    field = [points for _pk, sector, points in rows if sector == project.sector]
    every = [points for _pk, _sector, points in rows]
    return Rank(_place(own, every), len(every), _place(own, field), len(field))


def _place(own: Decimal, points: Iterable[Decimal | None]) -> int:
    return 1 + sum(other is not None and other > own for other in points)


@dataclass(frozen=True)
class Facts:
    """What the meeting knows of one project; without the reviews for who may not see them."""

    project: Project
    requirements: list[Requirement]
    duties: list[DutyRow]
    earlier: list[Project]
    files: list[Any]
    opinion: TransitionRecord | None = None
    assessments: list[Held] | None = None
    ratings: RatingSheet | None = None
    rank: Rank | None = None

    @property
    def grounds(self) -> tuple[str, ...]:
        """The words of the grounds on which the unit did not recommend it."""
        year = self.project.cycle_id
        return grounds_of(self.opinion, year) if self.opinion else ()

    @property
    def lacking(self) -> list[Requirement]:
        """What approving still needs."""
        return [one for one in self.requirements if not one.is_met]


def facts_of(pk: int, user: AnyUser, *, reviews: bool) -> Facts:
    """Return everything that the meeting shows of a project.

    Args:
        reviews: whether opinions and ratings are shown: not to members of the applying organisations.
    """
    project = Project.objects.with_case_file().get(pk=pk)
    files = project.attachments.all()
    shown = Facts(
        project=project,
        requirements=requirements(project),
        duties=duty_rows(project),
        earlier=list(earlier_projects(project, user)[:EARLIER]),
        files=[file for file in files if file.purpose == Purpose.APPLICATION],
    )
    if not reviews:
        return shown
    return Facts(
        **{
            **vars(shown),
            "opinion": trail_of(project).filter(step__in=FIRST_REVIEWS).last(),
            "assessments": held_assessments(project),
            "ratings": rating_sheet(project),
            "rank": rank_of(project),
        }
    )


def closed_with(session: DecisionSession) -> TransitionRecord | None:
    """Return the row of the year's trail that tells who closed the session."""
    if session.is_open:
        return None
    rows = trail_of(session.cycle).filter(step="session_close")
    return next((row for row in rows if row.data.get("session") == session.pk), None)


def letters_of(session: DecisionSession) -> list[tuple[Project, TransitionRecord]]:
    """Return the projects that the session approved or declined and that still stand so."""
    projects = {
        project.pk: project
        for project in Project.objects.filter(session_items__session=session)
        .select_related("cycle", "organization__unit")
        .order_by("session_items__order")
    }
    rows = TransitionRecord.objects.filter(
        machine="project", record_id__in=projects, step__in=("approve", "decline")
    )
    told = {row.record_id: row for row in rows if row.data.get("session") == session.pk}
    return [
        (project, told[pk])
        for pk, project in projects.items()
        if pk in told and decision_stands(project, told[pk])
    ]


def decision_stands(project: Project, entry: TransitionRecord) -> bool:
    """Tell whether a project is still as a decision left it: a reopened one has no letter."""
    if entry.step == "approve":
        return project.approved_at == entry.at
    return project.state == ProjectState.DECLINED


def standing_decision(project: Project) -> TransitionRecord | None:
    """Return the trail's row of the approval or refusal that holds today."""
    entry = decided_with(project)
    return entry if entry and decision_stands(project, entry) else None
