"""Read the plan board: activities of a year by unit or officer, and by quarter or month, in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Max, Min, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from partybuilding.core.states import Text
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, ActivityQuerySet
from partybuilding.supervision.queries import DAY
from partybuilding.supervision.selectors.figures import (
    Activities,
    activity_figures,
    total_of_activities,
)

UNIT, OFFICER = "unit", "officer"
QUARTER, MONTH = "quarter", "month"
_ROWS = {UNIT: "project__organization__unit", OFFICER: "officer"}


@dataclass(frozen=True)
class Line:
    """One row of the board: its key in the register's filters, its name, its cells and their sum."""

    key: Any
    name: Text
    cells: dict[str, Activities]
    total: Activities


@dataclass(frozen=True)
class Board:
    """The whole board: the columns in the order of time, the rows by name, the sums below."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: dict[str, Activities]
    total: Activities


def board_of(activities: ActivityQuerySet, *, rows: str, columns: str) -> Board:
    """Count the activities that are given; each in one row and one column.

    Args:
        rows: `UNIT` or `OFFICER`.
        columns: `QUARTER`, or `MONTH` of the day that is planned, or else of the last day.
    """
    counted = _counted(activities, _ROWS[rows], columns)
    sums: dict[str, Activities] = defaultdict(Activities)
    cells: dict[Any, dict[str, Activities]] = defaultdict(lambda: defaultdict(Activities))
    for key, column, figures in counted:
        cells[key][column] += figures
        sums[column] += figures
    lines = [
        Line(key, name, cells[key], total_of_activities(cells[key]))
        for key, name in _names(rows, set(cells))
    ]
    return Board(tuple(sorted(sums)), tuple(lines), sums, total_of_activities(sums))


def _counted(
    activities: ActivityQuerySet, row: str, columns: str
) -> Iterable[tuple[Any, str, Activities]]:
    if columns == MONTH:
        month = TruncMonth(DAY)
        found = activity_figures(activities.annotate(month=month), row, "month")
        return [(key, f"{first:%Y-%m}", figures) for (key, first), figures in found.items()]
    found = activity_figures(activities, row, "year", "quarter")
    return [
        (key, Quarter(year, quarter).code, figures)
        for (key, year, quarter), figures in found.items()
    ]


def _names(rows: str, keys: set[Any]) -> list[tuple[Any, str]]:
    """Return the rows in their order: units by code, officers by name; without one comes last."""
    if rows == UNIT:
        units = Organization.objects.filter(pk__in=keys - {None}).order_by("code_key")
        named = [(unit.pk, unit.name) for unit in units]
    else:
        people = get_user_model()._default_manager.filter(pk__in=keys - {None})
        ordered = people.order_by("written__key", "username")
        named = [(one.pk, one.get_full_name() or one.get_username()) for one in ordered]
    return [*named, *((None, "") for _key in keys & {None})]


def years_with_plan(user: AnyUser) -> QuerySet[Cycle]:
    """Return the years of which the user sees activities, the newest first."""
    seen = Activity.objects.visible_to(user).order_by()
    return Cycle.objects.filter(pk__in=seen.values("project__cycle")).order_by("-year")


def current_year(years: Iterable[Cycle], user: AnyUser) -> Cycle | None:
    """Return the year to begin with: the one whose activities are due next, or else the newest."""
    today = timezone.localdate()
    coming = Activity.objects.visible_to(user).open().filter(due_on__gte=today)
    soonest = coming.order_by("due_on", "pk").values_list("project__cycle", flat=True).first()
    known = list(years)
    return next((year for year in known if year.pk == soonest), known[0] if known else None)


def months_of(user: AnyUser) -> list[date]:
    """Return the months from the first activity of the user's scope to the last."""
    found = Activity.objects.visible_to(user)
    ends = found.aggregate(first=Min(DAY), last=Max(DAY))
    if ends["first"] is None:
        return []
    first, last = (12 * day.year + day.month - 1 for day in (ends["first"], ends["last"]))
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def quarters_of(user: AnyUser) -> list[Quarter]:
    """Return the quarters in which activities of the user's scope lie, the first first."""
    found = Activity.objects.visible_to(user).order_by("year", "quarter")
    return [Quarter(*pair) for pair in found.values_list("year", "quarter").distinct()]


def without_officer(activities: ActivityQuerySet) -> int:
    """Count what is still to be held and has no officer."""
    return activities.open().filter(officer=None).count()
