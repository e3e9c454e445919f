"""Read the plan board: activities of a year by unit or officer, and by quarter or month, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from partybuilding.core.states import Text
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, ActivityQuerySet
from partybuilding.supervision.states import Standing

UNIT, OFFICER = "unit", "officer"
QUARTER, MONTH = "quarter", "month"
_ROWS = {UNIT: "project__organization__unit", OFFICER: "officer"}


@dataclass
class Cell:
    """The activities of one row in one column."""

    planned: int = 0
    done: int = 0
    late: int = 0
    overdue: int = 0
    not_held: int = 0

    def add(self, standing: str, number: int) -> None:
        """Count some more."""
        self.planned += number
        self.done += number * (standing in (Standing.HELD, Standing.HELD_LATE))
        self.late += number * (standing == Standing.HELD_LATE)
        self.overdue += number * (standing == Standing.OVERDUE)
        self.not_held += number * (standing == Standing.NOT_HELD)

    @property
    def tone(self) -> str:
        """How it looks: late, all done, or neither."""
        if self.overdue:
            return "negative"
        return "positive" if self.planned and self.done == self.planned else "neutral"


@dataclass(frozen=True)
class Line:
    """One row of the board: its key in the register's filters, its name, its cells and their sum."""

    key: Any
    name: Text
    cells: dict[str, Cell] = field(default_factory=dict)
    total: Cell = field(default_factory=Cell)


@dataclass(frozen=True)
class Board:
    """The whole board: the columns in the order of time, the rows by name, the sums below."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: dict[str, Cell]
    total: Cell


def board_of(activities: ActivityQuerySet, *, rows: str, columns: str) -> Board:
    """Count the activities that are given; each in one row and one column.

    Args:
        rows: `UNIT` or `OFFICER`.
        columns: `QUARTER`, or `MONTH` of the day that is planned, or else of the last day.
    """
    counted = list(_counted(activities, _ROWS[rows], columns))
    names = _names(rows, {key for key, *_rest in counted})
    lines: dict[Any, Line] = {key: Line(key, name) for key, name in names}
    sums: dict[str, Cell] = {}
    total = Cell()
    for key, column, standing, number in counted:
        line = lines[key]
        cells = (line.cells.setdefault(column, Cell()), line.total)
        for cell in (*cells, sums.setdefault(column, Cell()), total):
            cell.add(standing, number)
    return Board(tuple(sorted(sums)), tuple(lines.values()), sums, total)


def _counted(
    activities: ActivityQuerySet, row: str, columns: str
) -> Iterable[tuple[Any, str, str, int]]:
    found = activities.with_standing().order_by()
    if columns == MONTH:
        found = found.annotate(month=TruncMonth(Coalesce("planned_on", "due_on")))
        for key, month, standing, number in found.values_list(row, "month", "standing").annotate(
            n=Count("pk")
        ):
            yield key, f"{month:%Y-%m}", standing, number
        return
    names = (row, "year", "quarter", "standing")
    for key, year, quarter, standing, number in found.values_list(*names).annotate(n=Count("pk")):
        yield key, Quarter(year, quarter).code, standing, number


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


def years_with_plan(user: Any) -> QuerySet[Cycle]:
    """Return the years of which the user sees activities, the newest first."""
    seen = Activity.objects.visible_to(user).order_by()
    return Cycle.objects.filter(pk__in=seen.values("project__cycle")).order_by("-year")


def current_year(years: Iterable[Cycle], user: Any) -> Cycle | None:
    """Return the year to begin with: the one whose activities are due next, or else the newest."""
    today = timezone.localdate()
    coming = Activity.objects.visible_to(user).open().filter(due_on__gte=today)
    soonest = coming.order_by("due_on", "pk").values_list("project__cycle", flat=True).first()
    known = list(years)
    return next((year for year in known if year.pk == soonest), known[0] if known else None)


def months_of(user: Any) -> list[date]:
    """Return the months in which activities of the user's scope lie, the first first."""
    found = Activity.objects.visible_to(user).order_by()
    month = TruncMonth(Coalesce("planned_on", "due_on"))
    return sorted(set(found.annotate(month=month).values_list("month", flat=True)))


def quarters_of(user: Any) -> list[Quarter]:
    """Return the quarters in which activities of the user's scope lie, the first first."""
    found = Activity.objects.visible_to(user).order_by("year", "quarter")
    return [Quarter(*pair) for pair in found.values_list("year", "quarter").distinct()]


def without_officer(activities: ActivityQuerySet) -> int:
    """Count what is still to be held and has no officer."""
    return activities.open().filter(officer=None).count()
