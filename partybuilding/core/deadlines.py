"""What must be done by a day, whatever it is: the one register behind reminders and escalation.

A room says with `register_deadlines` what of its own is open; `manage.py remind` tells whoever holds
it before, on and after the day, and then those above.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """

    item: str
    kind: Text
    title: str
    due_on: date
    holders: tuple[Any, ...]
    above: tuple[tuple[Any, ...], ...] = ()
    url: str = ""
    url_above: str = ""


#: Working days ahead that are asked for; no reminder is sent earlier than that.
HORIZON = 20

#: Called with the day; returns everything open that is due up to `HORIZON` working days later.
DeadlineFunction = Callable[[date], Iterable[Deadline]]

_functions: dict[str, DeadlineFunction] = {}


def register_deadlines(function: DeadlineFunction) -> DeadlineFunction:
    """Add a function that returns a room's open deadlines; the same function is asked once only."""
    _functions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def deadlines_on(today: date) -> Iterable[Deadline]:
    """Return the open deadlines of every room, in the order of registration."""
    return (deadline for function in _functions.values() for deadline in function(today))
