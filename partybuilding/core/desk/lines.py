"""What waits for a user, as lines on the first screen; every room registers its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from partybuilding.core.states import Text, Tone


@dataclass(frozen=True)
class DeskLine:
    """One line of 待我办理: how many of what, how many of them late, and where they are listed."""

    label: Text
    count: int
    overdue: int = 0
    url: str = ""
    tone: Tone = Tone.WAITING


DeskFunction = Callable[[Any], Iterable[DeskLine]]

_functions: dict[str, DeskFunction] = {}


def register_desk(function: DeskFunction) -> DeskFunction:
    """Add a function that returns a user's lines; the same function is asked once only."""
    _functions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def desk_of(user: Any) -> list[DeskLine]:
    """Return the lines of a user that have something to do, in the order of registration."""
    return [line for function in _functions.values() for line in function(user) if line.count]
