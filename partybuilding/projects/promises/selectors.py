"""The promises that residents read, as short lists and counts: published rows of readable pages only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from partybuilding.core.answers.wording import worded
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.models.commitment import CLOSED, STEP_CLOSED, CommitmentQuerySet
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.cards import lateness_words, state_words
from partybuilding.projects.promises.progress import days_late, mark_of
from partybuilding.projects.states import KEEPING, OVER, CommitmentState, Mark

#: Parts of a page that no list shows.
HEAVY = ("project__page__body", "project__page__attachments")
#: What short lists show of a commitment, its project and its page; wording a query of all their columns takes longer.
SHOWN = (
    *("goal", "short_name", "deadline", "changes_told", "project__facts", "project__state"),
    *("project__state_since", "project__organization__name", "project__page__title"),
    *("project__page__path", "project__page__depth", "project__page__url_path"),
)

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


def _of(years: tuple[int, ...], projects: tuple[int, ...], keeping: bool, way: str = "") -> Q:
    """Return the condition that a project, or what `way` leads to it from, is one of those asked for."""
    found = Q(**{f"{way}cycle__in": years}) | Q(**{f"{way}pk__in": projects})
    return found | Q(**{f"{way}state__in": KEEPING}) if keeping else found


def marks_of(commitments: Iterable[Commitment], today: date | None = None) -> Counter[Mark]:
    """Count promises by how they are told to residents."""
    today = today or timezone.localdate()
    return Counter(mark_of(commitment.promise, today) for commitment in commitments)


def unkept_in(cycle: int, today: date | None = None) -> set[int]:
    """Return the keys of the projects of a year that left a promise undone for ever (`Mark.MISSED`); one query."""
    return set(_unkept_in(cycle, today or timezone.localdate()))


@worded
def _unkept_in(cycle: int, today: date) -> QuerySet[Commitment, int]:
    late = readable_promises().overdue(today).filter(project__cycle=cycle)
    return late.filter(project__state__in=OVER).values_list("project", flat=True)


def overdue(
    n: int, request: HttpRequest | None = None, *, today: date | None = None
) -> list[dict[str, Any]]:
    """Return the commitments that are overdue longest, at most n, as entries of a list of links.

    Only of projects that are still carried out: what was not kept at the end of its year stands on
    its project's page. Beside what a link takes, an entry has `late` (a sentence) and `days`.
    """
    today = today or timezone.localdate()
    rows = (
        readable_promises()
        .overdue(today)
        .filter(project__state__in=KEEPING)
        .select_related("project__organization", "project__page")
        .only(*SHOWN)
        .prefetch_related("steps")
        .order_by("deadline", "pk")[:n]
    )
    return [_overdue_entry(row, request, today) for row in rows]


def overdue_count(today: date | None = None) -> int:
    """Count what `overdue` lists, all of it."""
    return readable_promises().overdue(today).filter(project__state__in=KEEPING).count()


def latest_progress(n: int, request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """Return the steps closed last, at most n, as entries of a list of links, with their `evidence`."""
    today = timezone.localdate()
    rows = (
        CommitmentStep.objects.filter(CLOSED, commitment__in=readable_promises())
        .select_related("commitment__project__organization", "commitment__project__page")
        .only(
            *("title", "deadline", "closed_on", "evidence"),
            *(f"commitment__{name}" for name in SHOWN),
        )
        .order_by("-closed_on", "-pk")[:n]
    )
    return [
        {
            **_entry(step.commitment, request),
            "href": _address(step.commitment, request, "progress"),
            "title": step.title,
            "date": step.closed_on,
            "state": state_words(step.promise, today),
            "tone": CommitmentState.DONE.tone,
            "evidence": step.evidence,
        }
        for step in rows
    ]


def _overdue_entry(
    commitment: Commitment, request: HttpRequest | None, today: date
) -> dict[str, Any]:
    promise = commitment.promise
    return {
        **_entry(commitment, request),
        "title": commitment.name,
        "date": commitment.deadline,
        "state": state_words(promise, today),
        "tone": CommitmentState.OVERDUE.tone,
        "late": lateness_words(promise, today),
        "days": days_late(promise, today),
    }


def _entry(commitment: Commitment, request: HttpRequest | None) -> dict[str, Any]:
    project = commitment.project
    return {
        "href": _address(commitment, request, "commitments"),
        "meta": project.told.organization,
        "organization": project.told.organization,
        "project": project.page.title,
    }


def _address(commitment: Commitment, request: HttpRequest | None, anchor: str) -> str:
    return f"{commitment.project.page.get_url(request) or ''}#{anchor}"


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
