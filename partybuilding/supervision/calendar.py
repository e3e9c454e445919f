"""The rhythm of a year as dates: which activities a project gets in which quarter, and by when. Pure.

The rules (domain.md, section 2; the numbers belong to the cycle):

- Every quarter from the publication of the commitments to the end of the year has its dispatches, site
  supervisions and feedback notices; every half-year has its observations, in its last quarter.
- An activity is in time until the last working day of its quarter, or of the year's implementation.
- A quarter in which fewer than `SHORTEST` working days are left asks for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from partybuilding.core.calendar import is_working_day, working_days_between
from partybuilding.supervision.states import ActivityKind

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle

#: Working days that a quarter must still have for its activities to be asked for.
SHORTEST = 10
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def following(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - ONE_DAY

    @property
    def last_working_day(self) -> date:
        """The last day on which offices work in it; its figures are complete from then on."""
        return last_working_day(self, self.last)

    @property
    def half(self) -> tuple[int, int]:
        """Its half-year: the year, and 1 or 2."""
        return self.year, (self.number + 1) // 2

    @property
    def code(self) -> str:
        """What it is called in addresses, e.g. "2022-3"."""
        return f"{self.year}-{self.number}"

    @classmethod
    def at(cls, code: str) -> "Quarter":
        """Return the quarter of a code."""
        year, number = code.split("-")
        return cls(int(year), int(number))

    def lookup(self, to: str = "") -> dict[str, int]:
        """Return how activities of it are filtered; `to` leads from a row to its activity."""
        return {f"{to}year": self.year, f"{to}quarter": self.number}


@dataclass(frozen=True)
class Rhythm:
    """How often a year asks for what."""

    dispatches: int = 1
    sites: int = 1
    notices: int = 1
    observations: int = 1

    @classmethod
    def of(cls, cycle: "Cycle") -> "Rhythm":
        """Return the rhythm that a cycle's rules ask for."""
        return cls(
            dispatches=cycle.dispatches_per_quarter,
            sites=cycle.supervisions_per_quarter,
            notices=cycle.notices_per_quarter,
            observations=cycle.observations_per_half_year,
        )

    @property
    def each_quarter(self) -> tuple[tuple[ActivityKind, int], ...]:
        """What every quarter asks for, with how often."""
        return (
            (ActivityKind.DISPATCH, self.dispatches),
            (ActivityKind.SITE, self.sites),
            (ActivityKind.NOTICE, self.notices),
        )


@dataclass(frozen=True)
class Slot:
    """One activity that the rhythm asks for; `number` counts those of the same kind in a quarter."""

    kind: ActivityKind
    quarter: Quarter
    number: int
    due_on: date

    @property
    def key(self) -> tuple[str, int, int, int]:
        """What tells it from every other activity of its project."""
        return self.kind.value, self.quarter.year, self.quarter.number, self.number


def slots(rhythm: Rhythm, published_on: date, ends_on: date) -> list[Slot]:
    """Return every activity of a project, in the order of their quarters.

    Args:
        published_on: the day on which its commitments were published.
        ends_on: the last day of the year's implementation.
    """
    return list(_slots(rhythm, published_on, ends_on))


def _slots(rhythm: Rhythm, published_on: date, ends_on: date) -> Iterator[Slot]:
    for _half, quarters in groupby(
        supervised_quarters(published_on, ends_on), key=lambda quarter: quarter.half
    ):
        for quarter in quarters:
            due_on = last_working_day(quarter, ends_on)
            for kind, times in rhythm.each_quarter:
                yield from _times(kind, quarter, times, due_on)
        yield from _times(ActivityKind.OBSERVATION, quarter, rhythm.observations, due_on)  # type: ignore[possibly-undefined]


def _times(kind: ActivityKind, quarter: Quarter, times: int, due_on: date) -> Iterator[Slot]:
    return (Slot(kind, quarter, number, due_on) for number in range(1, times + 1))


def supervised_quarters(published_on: date, ends_on: date) -> Iterator[Quarter]:
    """Yield the quarters that leave time enough between publication and the end of the year."""
    quarter = Quarter.of(published_on)
    while quarter.first <= ends_on:
        eve = max(published_on, quarter.first - ONE_DAY)
        if working_days_between(eve, last_working_day(quarter, ends_on)) >= SHORTEST:
            yield quarter
        quarter = quarter.following


def last_working_day(quarter: Quarter, ends_on: date) -> date:
    """Return the last working day of a quarter that is not after the end of the year's work."""
    day = min(quarter.last, ends_on)
    while not is_working_day(day):
        day -= ONE_DAY
    return day
