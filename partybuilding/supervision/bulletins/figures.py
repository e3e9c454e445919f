"""A quarter in figures: what was due, done and late, of the whole district, by unit and by project.

Everything is counted from the rows in a fixed number of queries and kept as plain JSON; nobody types it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.states import CommitmentState
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.selectors.figures import activity_counts, finding_counts
from partybuilding.supervision.states import COUNTED, ActivityKind

#: The projects with most overdue that a bulletin names.
LAGGARDS = 5


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was due, done and late in a quarter.

    Args:
        activities_due: visits that the rhythm asks for; a feedback notice is no visit.
        activities_late: done after the day on which they were due.
        activities_overdue: due and not done.
        commitments_due: published commitments whose deadline lies in the quarter.
        rectifications_opened: findings of the quarter that were not withdrawn.
        rectifications_overdue: not reported by the deadline that holds now.
    """

    activities_due: int = 0
    activities_done: int = 0
    activities_late: int = 0
    activities_overdue: int = 0
    commitments_due: int = 0
    commitments_done: int = 0
    commitments_overdue: int = 0
    rectifications_opened: int = 0
    rectifications_closed: int = 0
    rectifications_overdue: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )

    @property
    def overdue(self) -> int:
        """What is overdue of a project's own duties: commitments and rectifications."""
        return self.commitments_overdue + self.rectifications_overdue


def figures_of(cycle: Cycle, quarter: Quarter, day: date) -> dict[str, Any]:
    """Count what a programme year has in a quarter, as it stands on a day; nine queries."""
    projects = _projects(cycle)
    tallies = _tallies(projects, quarter, day)
    return {
        "day": day.isoformat(),
        "projects": len(projects),
        "total": asdict(_sum(tallies.values())),
        "kinds": list(_kinds(projects, quarter, day)),
        "notices": FeedbackNotice.objects.filter(
            project__in=projects, state=FeedbackState.ISSUED, **quarter.lookup("activity__")
        ).count(),
        "units": list(_units(projects, tallies)),
        "laggards": list(_laggards(projects, tallies)),
        "practices": list(_practices(projects, quarter)),
    }


def _projects(cycle: Cycle) -> dict[int, Project]:
    found = Project.objects.filter(cycle=cycle, state__in=COUNTED)
    return {one.pk: one for one in found.select_related("organization__unit").order_by("code")}


def _tallies(projects: Mapping[int, Project], quarter: Quarter, day: date) -> dict[int, Tally]:
    """Return the tally of every project, with zeros where nothing was due."""
    counted: dict[int, dict[str, int]] = {pk: {} for pk in projects}
    queries = (
        _activities(projects, quarter, day),
        _commitments(projects, quarter, day),
        _rectifications(projects, quarter, day),
    )
    for rows in queries:
        for row in rows:
            counted[row.pop("project")].update(row)
    return {pk: Tally(**numbers) for pk, numbers in counted.items()}


def _activities(
    projects: Iterable[int], quarter: Quarter, day: date, *by: str
) -> Iterable[dict[str, Any]]:
    """Count the visits of each project; all activities by another grouping."""
    rows = Activity.objects.filter(project__in=list(projects), **quarter.lookup())
    rows = rows if by else rows.visits()
    keys = by or ("project",)
    for row in rows.with_standing(day).order_by().values(*keys).annotate(**activity_counts(day)):
        yield {
            **{key: row[key] for key in keys},
            "activities_due": row["n_planned"],
            "activities_done": row["n_done"],
            "activities_late": row["n_late"],
            "activities_overdue": row["n_overdue"],
        }


def _commitments(projects: Iterable[int], quarter: Quarter, day: date) -> QuerySet:
    return (
        Commitment.objects.published()
        .filter(project__in=list(projects))
        .filter(deadline__gte=quarter.first, deadline__lte=quarter.last)
        .with_standing(day)
        .order_by()
        .values("project")
        .annotate(
            commitments_due=Count("pk"),
            commitments_done=Count("pk", filter=Q(standing=CommitmentState.DONE)),
            commitments_overdue=Count("pk", filter=Q(standing=CommitmentState.OVERDUE)),
        )
    )


def _rectifications(
    projects: Iterable[int], quarter: Quarter, day: date
) -> Iterable[dict[str, Any]]:
    rows = Rectification.objects.filter(project__in=list(projects), **quarter.lookup("activity__"))
    for row in rows.order_by().values("project").annotate(**finding_counts(day)):
        yield {
            "project": row["project"],
            "rectifications_opened": row["n_found"],
            "rectifications_closed": row["n_closed"],
            "rectifications_overdue": row["n_overdue"],
        }


def _kinds(projects: Iterable[int], quarter: Quarter, day: date) -> Iterable[dict[str, Any]]:
    """Yield the activities by kind, in the order of the kinds; a kind that was not due is left out."""
    rows = {row["kind"]: row for row in _activities(projects, quarter, day, "kind")}
    for code in ActivityKind.values:
        if code in rows:
            row = rows[code]
            yield {name.removeprefix("activities_"): value for name, value in row.items()}


def _units(
    projects: Mapping[int, Project], tallies: Mapping[int, Tally]
) -> Iterable[dict[str, Any]]:
    """Yield the tally of every unit that has projects, in the order of the units' codes."""
    sums: dict[int, Tally] = {}
    names: dict[int, tuple[str, str]] = {}
    counts: Counter[int] = Counter()
    for pk, project in projects.items():
        unit = project.organization.unit or project.organization
        names[unit.pk] = (unit.code_key, unit.name)
        sums[unit.pk] = sums.get(unit.pk, Tally()) + tallies[pk]
        counts[unit.pk] += 1
    for key in sorted(sums, key=lambda key: names[key]):
        yield {"unit": key, "name": names[key][1], "projects": counts[key], **asdict(sums[key])}


def _laggards(
    projects: Mapping[int, Project], tallies: Mapping[int, Tally]
) -> Iterable[dict[str, Any]]:
    late = [pk for pk, tally in tallies.items() if tally.overdue]
    late.sort(key=lambda pk: (-tallies[pk].overdue, projects[pk].code or ""))
    for pk in late[:LAGGARDS]:
        yield {
            **_named(projects[pk]),
            "commitments": tallies[pk].commitments_overdue,
            "rectifications": tallies[pk].rectifications_overdue,
        }


def _practices(projects: Mapping[int, Project], quarter: Quarter) -> Iterable[dict[str, Any]]:
    """Yield what was seen done well, for the task force to choose from."""
    visits = Visit.objects.filter(
        activity__project__in=list(projects), **quarter.lookup("activity__")
    ).exclude(good_practice="")
    for visit in visits.select_related("activity").order_by("held_on", "pk"):
        project = projects[visit.activity.project_id]
        yield {**_named(project), "visit": visit.pk, "text": visit.good_practice.strip()}


def _named(project: Project) -> dict[str, Any]:
    return {
        "project": project.pk,
        "code": project.code or "",
        "title": str(project),
        "organization": project.organization.name,
    }


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total += tally
    return total
