"""Everything that is counted of supervision, for boards, desks, bulletins, notices and public pages alike.

Give a function the rows that are to be counted (a user's, a quarter's, the public ones) and the fields by
which; each asks once. Everything is counted on a day, today unless another is given, so that a number is
the same wherever it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.queries import ActivityQuerySet, RectificationQuerySet, late_on
from partybuilding.supervision.states import COUNTED, UNRESOLVED, RectificationState, Standing


@dataclass(frozen=True)
class _Figures:
    """Numbers that can be added up."""

    def __add__(self, other: Self) -> Self:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return type(self)(*(a + b for a, b in pairs))


@dataclass(frozen=True)
class Activities(_Figures):
    """How many activities were asked for, and what became of them.

    Args:
        planned: all that the rhythm asks for.
        due: those whose last day is over or that were held: what can be answered for by now.
        done: those that were held; `late` of them after their last day.
        overdue: not held after their last day, and still to be held.
        not_held: never held; supervision of the project has ended.
    """

    planned: int = 0
    due: int = 0
    done: int = 0
    late: int = 0
    overdue: int = 0
    not_held: int = 0

    @property
    def missed(self) -> int:
        """How many were not held by their last day, and may never be."""
        return self.overdue + self.not_held

    @property
    def tone(self) -> str:
        """How it looks: late, all done, or neither."""
        if self.overdue:
            return "negative"
        return "positive" if self.planned and self.done == self.planned else "neutral"


@dataclass(frozen=True)
class Rectifications(_Figures):
    """How many findings there were, and where their rectification stands.

    Args:
        found: all findings; those that were withdrawn count nowhere.
        open: not verified yet; `overdue` of them past the deadline that holds now and not reported.
        closed: verified; `closed_late` of them were reported after their first deadline.
        late: all that missed their first deadline, closed or not.
    """

    found: int = 0
    open: int = 0
    overdue: int = 0
    closed: int = 0
    closed_late: int = 0
    late: int = 0


def activity_figures(
    activities: ActivityQuerySet, *by: str, today: date | None = None
) -> dict[tuple[Any, ...], Activities]:
    """Count activities by some fields, at least one."""
    today = today or timezone.localdate()
    done = Q(done_on__isnull=False)
    return _counted(
        activities.with_standing(today),
        by,
        Activities,
        planned=Q(),
        due=done | Q(due_on__lt=today),
        done=done,
        late=Q(standing=Standing.HELD_LATE),
        overdue=Q(standing=Standing.OVERDUE),
        not_held=Q(standing=Standing.NOT_HELD),
    )


def rectification_figures(
    rectifications: RectificationQuerySet, *by: str, today: date | None = None
) -> dict[tuple[Any, ...], Rectifications]:
    """Count findings by some fields, at least one."""
    today = today or timezone.localdate()
    closed, late = Q(state=RectificationState.VERIFIED), late_on(today)
    return _counted(
        rectifications,
        by,
        Rectifications,
        found=~Q(state=RectificationState.WITHDRAWN),
        open=Q(state__in=UNRESOLVED),
        overdue=Q(state=RectificationState.ISSUED, rectify_by__lt=today),
        closed=closed,
        closed_late=closed & late,
        late=late,
    )


def _counted(
    rows: QuerySet, by: tuple[str, ...], kind: type[Any], **conditions: Q
) -> dict[tuple[Any, ...], Any]:
    counts = {f"n_{name}": Count("pk", filter=only or None) for name, only in conditions.items()}
    found = rows.order_by().values_list(*by).annotate(**counts)
    return {row[: len(by)]: kind(*row[len(by) :]) for row in found}


def total_of_activities(figures: Mapping[Any, Activities]) -> Activities:
    """Add figures of activities up."""
    return sum(figures.values(), Activities())


def total_of_rectifications(figures: Mapping[Any, Rectifications]) -> Rectifications:
    """Add figures of findings up."""
    return sum(figures.values(), Rectifications())


def activities_among(rows: Iterable[Activity], today: date) -> Activities:
    """Count activities that were read already, as `activity_figures` does."""
    total = Activities()
    for one in rows:
        stands, done = one.stands(today), one.done_on is not None
        total += Activities(
            planned=1,
            due=int(done or one.due_on < today),
            done=int(done),
            late=int(stands == Standing.HELD_LATE),
            overdue=int(stands == Standing.OVERDUE),
            not_held=int(stands == Standing.NOT_HELD),
        )
    return total


def rectifications_among(rows: Iterable[Rectification], today: date) -> Rectifications:
    """Count findings that were read already, as `rectification_figures` does."""
    total = Rectifications()
    for one in rows:
        closed, late = one.state == RectificationState.VERIFIED, one.days_late(today) > 0
        is_issued = one.state == RectificationState.ISSUED
        total += Rectifications(
            found=int(one.state != RectificationState.WITHDRAWN),
            open=int(one.state in UNRESOLVED),
            overdue=int(is_issued and one.rectify_by < today),
            closed=int(closed),
            closed_late=int(closed and late),
            late=int(late),
        )
    return total


@dataclass(frozen=True)
class Round:
    """One quarter of a programme year, with what was to be held in it."""

    cycle: int
    name: str
    quarter: Quarter
    figures: Activities


def rounds_of(activities: ActivityQuerySet, today: date | None = None) -> list[Round]:
    """Count activities by quarter, the newest first, of several programme years the newest."""
    names = ("year", "quarter", "project__cycle__year", "project__cycle", "project__cycle__name")
    counted = activity_figures(activities, *names, today=today)
    return [
        Round(cycle, name, Quarter(year, quarter), counted[year, quarter, programme, cycle, name])
        for year, quarter, programme, cycle, name in sorted(counted, reverse=True)
    ]


def public_activities() -> ActivityQuerySet:
    """Return the activities of the projects that count and whose page residents may read."""
    return Activity.objects.filter(project__in=_readable())


def public_rectifications() -> RectificationQuerySet:
    """Return the findings of the projects that count and whose page residents may read."""
    return Rectification.objects.filter(project__in=_readable())


def _readable() -> QuerySet:
    promised = ProjectPage.objects.readable().filter(
        project__commitments_published_at__isnull=False, project__state__in=COUNTED
    )
    return promised.order_by().values("project")
