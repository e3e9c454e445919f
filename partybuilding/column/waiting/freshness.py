"""The columns that residents expect something new in, and how long they may go without it.

public.md: the CMS warns editors when news is 10 days old, progress 30 days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partybuilding.core import rooms
from partybuilding.core.states import Text


@dataclass(frozen=True)
class Column:
    """One column that must not grow stale.

    Args:
        code: ASCII name.
        label: what editors read.
        page_type: the lower-case name of the page type that a new item is of; empty when it has none.
        days: how many days it may go without anything new.
        newest: returns the day of the newest item; none when the column has nothing to keep fresh.
        url: returns, for a user, where the next item is written.
    """

    code: str
    label: Text
    page_type: str
    days: int
    newest: Callable[[], date | None]
    url: Callable[[Any], str]


def stale_columns(today: date) -> list[tuple[Column, date]]:
    """Return the columns that have gone too long without anything new, with the day of the newest item."""
    known = ((column, column.newest()) for column in rooms.each("columns"))
    return [
        (column, newest)
        for column, newest in known
        if newest is not None and today - newest > timedelta(days=column.days)
    ]
