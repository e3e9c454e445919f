"""The table of the letterbox: how many opinions arrived in which months and what became of them, never one of them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind
from partybuilding.core.states import Text
from partybuilding.opendata.small_cells import gathered, told
from partybuilding.opendata.tables.shape import ITEMS, Sources, Table
from partybuilding.opinions.figures import (
    IN_TIME,
    LATE,
    REFUSED,
    RUNNING,
    Numbers,
    numbers_by_month,
    together,
)
from partybuilding.opinions.states import OUTCOMES


@dataclass(frozen=True)
class Months:
    """The opinions of one month, or of so many that there are at least five."""

    first: date
    last: date
    received: int
    standing: dict[str, int | None]
    outcomes: dict[str, int | None]
    published: int | None

    @classmethod
    def of(cls, months: list[tuple[date, Numbers]]) -> "Months":
        """Add months up and leave out what is too small to be told."""
        total = together(numbers for _month, numbers in months)
        end = months[-1][0]
        return cls(
            first=months[0][0],
            last=end.replace(day=monthrange(end.year, end.month)[1]),
            received=total.received,
            standing=told(
                {name: total.standing[name] for name in (IN_TIME, LATE, REFUSED, RUNNING)}
            ),
            outcomes=told({name: total.outcomes[name] for name in OUTCOMES}),
            published=told({"published": total.published})["published"],
        )


def _months(sources: Sources) -> Iterator[Months]:
    counted = numbers_by_month(today=sources.today).items()
    return map(Months.of, gathered(counted, lambda month: month[1].received))


def _count(heading: Text, name: str, part: Any, meaning: Text) -> Column:
    return Column(heading, part, name, Kind.NUMBER, meaning=meaning, unit=ITEMS)


OPINIONS = Table(
    "opinions",
    gettext_lazy("Opinions in numbers"),
    gettext_lazy(
        "One row for each month of receipt, published or not; months with fewer than five are put together, "
        "and a number from one to four is left out."
    ),
    (
        Column(
            pgettext_lazy("of a time", "First day"),
            lambda row: row.first,
            "first_day",
            Kind.DAY,
            meaning=gettext_lazy("Names the row: the first day of the months that it counts."),
        ),
        Column(
            pgettext_lazy("of a time", "Last day"),
            lambda row: row.last,
            "last_day",
            Kind.DAY,
            meaning=gettext_lazy("The last day of the months that it counts."),
        ),
        _count(
            pgettext_lazy("opinions", "Received"),
            "received",
            lambda row: row.received,
            gettext_lazy("All that arrived."),
        ),
        _count(
            pgettext_lazy("opinions", "Answered in time"),
            "in_time",
            lambda row: row.standing[IN_TIME],
            gettext_lazy("Not later than they were due."),
        ),
        _count(
            pgettext_lazy("opinions", "Late"),
            "late",
            lambda row: row.standing[LATE],
            gettext_lazy("Answered late, or waiting past the day they were due."),
        ),
        _count(
            pgettext_lazy("opinions", "Not taken up"),
            "refused",
            lambda row: row.standing[REFUSED],
            gettext_lazy("Not about the programme, or abuse; the sender was told why."),
        ),
        _count(
            pgettext_lazy("opinions", "Waiting"),
            "waiting",
            lambda row: row.standing[RUNNING],
            gettext_lazy("Not due yet."),
        ),
        _count(
            pgettext_lazy("opinions", "Published"),
            "published",
            lambda row: row.published,
            gettext_lazy("Question and answer can be read on the column."),
        ),
        *(
            _count(
                lazy(OUTCOMES.label, str)(word.code),
                f"outcome_{word.code}",
                lambda row, code=word.code: row.outcomes[code],
                gettext_lazy("Answered with this outcome."),
            )
            for word in OUTCOMES.delivered
        ),
    ),
    _months,
    key="first_day",
)
