"""The quarters of a programme year: from which day to which, and how they are called."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import pgettext

from partybuilding.core.calendar import is_working_day

ONE_DAY = timedelta(days=1)
ALL = (1, 2, 3, 4)


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a calendar year, 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        month = 3 * self.number
        after = date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)
        return after - ONE_DAY

    @property
    def last_working_day(self) -> date:
        """The last day on which offices work in it; its figures are complete from then on."""
        day = self.last_day
        while not is_working_day(day):
            day -= ONE_DAY
        return day

    @property
    def words(self) -> str:
        """Its year and its number."""
        names = {"year": self.year, "quarter": quarter_words(self.number)}
        return pgettext("quarter", "%(year)s, %(quarter)s") % names


def quarter_words(number: int) -> str:
    """Return how a quarter is called: 第二季度."""
    return {
        1: pgettext("quarter", "first quarter"),
        2: pgettext("quarter", "second quarter"),
        3: pgettext("quarter", "third quarter"),
        4: pgettext("quarter", "fourth quarter"),
    }[number]


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)
