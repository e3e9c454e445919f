"""What must be done by a day, whatever it is: the one register behind reminders and escalation.

A room says in its `room.py` what of its own is open; `manage.py remind` tells whoever holds
it before, on and after the day, and then those above. What cannot be told becomes a `Fault`, and the
others are told all the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from partybuilding.core import rooms
from partybuilding.core.states import Text


@dataclass(frozen=True)
class Deadline:
    """One open thing with its day.

    Args:
        item: names it for ever, e.g. "rectification:12".
        kind: what it is, in a word, e.g. "Rectification"; stands before the title in the notice.
        title: whose or which it is.
        due_on: the day by which it is to be done.
        holders: the users who have it now.
        above: the groups of users who are told one after the other when it stays undone: first
            those of the unit, then those of the department. An empty group is passed over.
        url: where it is done, for the holders.
        url_above: where those above see it.

    Raises:
        ValueError: it has no day, or names somebody who is nobody.
    """

    item: str
    kind: Text
    title: str
    due_on: date
    holders: tuple[Any, ...]
    above: tuple[tuple[Any, ...], ...] = ()
    url: str = ""
    url_above: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.due_on, date):
            raise ValueError("it has no day")
        for person in (*self.holders, *(one for group in self.above for one in group)):
            if getattr(person, "pk", None) is None:
                raise ValueError("it names nobody")


@dataclass(frozen=True)
class Fault:
    """Something that could not be asked, listed or told, and why; everything else went on.

    Args:
        item: what it was: an item, a machine, a room's function or a person.
        error: what it failed with.
    """

    item: str
    error: Exception

    def __str__(self) -> str:
        said = (str(self.error).splitlines() or [""])[0]
        return f"{self.item}: {type(self.error).__name__}: {said}".removesuffix(": ")[:300]


#: Working days ahead that are asked for; no reminder is sent earlier than that.
HORIZON = 20

#: Called with the day; returns everything open that is due up to `HORIZON` working days later.
DeadlineFunction = Callable[[date], Iterable[Deadline | Fault]]


def name_of(function: DeadlineFunction) -> str:
    """Return the name under which a function's faults are reported."""
    return f"{function.__module__}.{function.__qualname__}"


def deadlines_on(today: date) -> Iterator[Deadline | Fault]:
    """Yield the open deadlines of every room, in the order of the rooms."""
    for function in rooms.collect("deadlines"):
        yield from deadlines_from(function, today)


def deadlines_from(function: DeadlineFunction, today: date) -> Iterator[Deadline | Fault]:
    """Yield what a function returns; when it fails, what it gave before, and the fault."""
    try:
        yield from function(today)
    except Exception as error:  # one room that fails silences no other
        yield Fault(name_of(function), error)


def make_each(
    rows: Iterable[Any], name: Callable[[Any], str], make: Callable[[Any], Any]
) -> Iterator[Any]:
    """Yield what is made of each row, or the `Fault` of one of which nothing could be made.

    Args:
        name: names a row in its fault.
    """
    for row in rows:
        try:
            made = make(row)
        except Exception as error:  # one row that is broken hides no other
            made = Fault(name(row), error)
        yield made
