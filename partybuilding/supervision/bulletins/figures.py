"""A quarter in figures: what was due, done and late, of the whole district, by unit and by project.

Everything is counted from the rows in a fixed number of queries and kept as plain JSON; nobody types it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.promises.selectors import Tally as Promises
from partybuilding.projects.promises.selectors import standings, tallies
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.queries import ActivityQuerySet
from partybuilding.supervision.selectors.figures import (
    Activities,
    Rectifications,
    activity_figures,
    rectification_figures,
)
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
    tallied = _tallies(projects, quarter, day)
    return {
        "day": day.isoformat(),
        "projects": len(projects),
        "total": asdict(sum(tallied.values(), Tally())),
        "kinds": list(_kinds(projects, quarter, day)),
        "notices": FeedbackNotice.objects.filter(
            project__in=projects, state=FeedbackState.ISSUED, **quarter.lookup("activity__")
        ).count(),
        "units": list(_units(projects, tallied)),
        "laggards": list(_laggards(projects, tallied)),
        "practices": list(_practices(projects, quarter)),
    }


def _projects(cycle: Cycle) -> dict[int, Project]:
    found = Project.objects.filter(cycle=cycle, state__in=COUNTED)
    return {one.pk: one for one in found.select_related("organization__unit").order_by("code")}


def _tallies(projects: Mapping[int, Project], quarter: Quarter, day: date) -> dict[int, Tally]:
    """Return the tally of every project, with zeros where nothing was due."""
    visits = activity_figures(_activities(projects, quarter).visits(), "project", today=day)
    due = {"deadline__gte": quarter.first, "deadline__lte": quarter.last}
    promises = tallies(standings(projects, day, **due))
    found = rectification_figures(
        Rectification.objects.filter(project__in=projects, **quarter.lookup("activity__")),
        "project",
        today=day,
    )
    return {
        pk: _tally(
            visits.get((pk,), Activities()),
            promises.get(pk, Promises()),
            found.get((pk,), Rectifications()),
        )
        for pk in projects
    }


def _tally(visits: Activities, promises: Promises, found: Rectifications) -> Tally:
    return Tally(
        activities_due=visits.planned,
        activities_done=visits.done,
        activities_late=visits.late,
        activities_overdue=visits.overdue,
        commitments_due=promises.commitments,
        commitments_done=promises.kept,
        commitments_overdue=promises.overdue,
        rectifications_opened=found.found,
        rectifications_closed=found.closed,
        rectifications_overdue=found.overdue,
    )


def _activities(projects: Iterable[int], quarter: Quarter) -> ActivityQuerySet:
    return Activity.objects.filter(project__in=projects, **quarter.lookup())


def _kinds(projects: Iterable[int], quarter: Quarter, day: date) -> Iterable[dict[str, Any]]:
    """Yield the activities by kind, in the order of the kinds; a kind that was not due is left out."""
    counted = activity_figures(_activities(projects, quarter), "kind", today=day)
    for code in ActivityKind.values:
        if one := counted.get((code,)):
            numbers = {"due": one.planned, "done": one.done}
            yield {"kind": code, **numbers, "late": one.late, "overdue": one.overdue}


def _units(
    projects: Mapping[int, Project], tallied: Mapping[int, Tally]
) -> Iterable[dict[str, Any]]:
    """Yield the tally of every unit that has projects, in the order of the units' codes."""
    sums: dict[int, Tally] = {}
    names: dict[int, tuple[str, str]] = {}
    counts: Counter[int] = Counter()
    for pk, project in projects.items():
        unit = project.organization.unit or project.organization
        names[unit.pk] = (unit.code_key, unit.name)
        sums[unit.pk] = sums.get(unit.pk, Tally()) + tallied[pk]
        counts[unit.pk] += 1
    for key in sorted(sums, key=lambda key: names[key]):
        yield {"unit": key, "name": names[key][1], "projects": counts[key], **asdict(sums[key])}


def _laggards(
    projects: Mapping[int, Project], tallied: Mapping[int, Tally]
) -> Iterable[dict[str, Any]]:
    late = [pk for pk, tally in tallied.items() if tally.overdue]
    late.sort(key=lambda pk: (-tallied[pk].overdue, projects[pk].code or ""))
    for pk in late[:LAGGARDS]:
        yield {
            **_named(projects[pk]),
            "commitments": tallied[pk].commitments_overdue,
            "rectifications": tallied[pk].rectifications_overdue,
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
