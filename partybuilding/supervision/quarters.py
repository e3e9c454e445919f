"""How the quarters of the calendar are called."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from partybuilding.supervision import calendar

ALL = (1, 2, 3, 4)


@dataclass(frozen=True, order=True)
class Quarter(calendar.Quarter):
    """One quarter of a calendar year, 1 to 4, with its name."""

    @property
    def last_working_day(self) -> date:
        """The last day on which offices work in it; its figures are complete from then on."""
        return calendar.last_working_day(self, self.last)

    def lookup(self, to: str = "") -> dict[str, int]:
        """Return how activities of it are filtered; `to` leads from a row to its activity."""
        return {f"{to}year": self.year, f"{to}quarter": self.number}

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
