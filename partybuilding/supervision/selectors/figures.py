"""The figures of supervision, counted in one query each: for boards, bulletins and public pages alike.

Give each function the rows that are to be counted: a user's (`Activity.objects.visible_to(user)`), a
year's, or the public ones of `public_activities` and `public_rectifications`. Everything is counted on
a day, today unless another is given, so that a number is the same wherever it stands. Other groupings
(a project's, a kind's) annotate their own rows with `activity_counts` and `finding_counts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.queries import ActivityQuerySet, RectificationQuerySet, late_on
from partybuilding.supervision.states import COUNTED, UNRESOLVED, RectificationState, Standing

UNIT = "project__organization__unit"


@dataclass(frozen=True)
class Activities:
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

    def __add__(self, other: "Activities") -> "Activities":
        return Activities(*(a + b for a, b in zip(_numbers(self), _numbers(other), strict=True)))


@dataclass(frozen=True)
class Rectifications:
    """How many findings there were, and where their rectification stands.

    Args:
        found: all findings.
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

    def __add__(self, other: "Rectifications") -> "Rectifications":
        added = (a + b for a, b in zip(_numbers(self), _numbers(other), strict=True))
        return Rectifications(*added)


def _numbers(row: Any) -> tuple[int, ...]:
    return tuple(vars(row).values())


@dataclass(frozen=True)
class Place:
    """What a row of figures is about: a unit, a quarter, and for activities their kind."""

    unit: int | None
    unit_name: str
    year: int
    quarter: int
    kind: str = ""


def activity_figures(
    activities: ActivityQuerySet, today: date | None = None
) -> list[tuple[Place, Activities]]:
    """Count activities by unit, quarter and kind, in one query."""
    today = today or timezone.localdate()
    rows = (
        activities.with_standing(today)
        .order_by(f"{UNIT}__code_key", UNIT, "year", "quarter", "kind")
        .values_list(UNIT, f"{UNIT}__name", "year", "quarter", "kind")
        .annotate(**activity_counts(today))
    )
    return [(_place(row[:5]), Activities(*row[5:])) for row in rows]


def activity_counts(today: date) -> dict[str, Count]:
    """Return what is counted of activities that carry their standing of that day."""
    done = Q(done_on__isnull=False)
    return {
        "n_planned": Count("pk"),
        "n_due": Count("pk", filter=done | Q(due_on__lt=today)),
        "n_done": Count("pk", filter=done),
        "n_late": Count("pk", filter=Q(standing=Standing.HELD_LATE)),
        "n_overdue": Count("pk", filter=Q(standing=Standing.OVERDUE)),
        "n_not_held": Count("pk", filter=Q(standing=Standing.NOT_HELD)),
    }


def rectification_figures(
    rectifications: RectificationQuerySet, today: date | None = None
) -> list[tuple[Place, Rectifications]]:
    """Count findings by unit and by the quarter of the activity that found them, in one query."""
    today = today or timezone.localdate()
    rows = (
        rectifications.order_by(f"{UNIT}__code_key", UNIT, "activity__year", "activity__quarter")
        .values_list(UNIT, f"{UNIT}__name", "activity__year", "activity__quarter")
        .annotate(**finding_counts(today))
    )
    return [(_place(row[:4]), Rectifications(*row[4:])) for row in rows]


def finding_counts(today: date) -> dict[str, Count]:
    """Return what is counted of findings; those that were withdrawn count nowhere."""
    closed, late = Q(state=RectificationState.VERIFIED), late_on(today)
    overdue = Q(state=RectificationState.ISSUED, rectify_by__lt=today)
    return {
        "n_found": Count("pk", filter=~Q(state=RectificationState.WITHDRAWN)),
        "n_open": Count("pk", filter=Q(state__in=UNRESOLVED)),
        "n_overdue": Count("pk", filter=overdue),
        "n_closed": Count("pk", filter=closed),
        "n_closed_late": Count("pk", filter=closed & late),
        "n_late": Count("pk", filter=late),
    }


def _place(row: Iterable[Any]) -> Place:
    unit, name, *rest = row
    return Place(unit, name or "", *rest)


def total_of_activities(rows: Iterable[tuple[Place, Activities]]) -> Activities:
    """Add figures of activities up."""
    return sum((figures for _place, figures in rows), Activities())


def total_of_rectifications(rows: Iterable[tuple[Place, Rectifications]]) -> Rectifications:
    """Add figures of findings up."""
    return sum((figures for _place, figures in rows), Rectifications())


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
