"""What of a project is still open, so that its file cannot be closed; the rooms above say what of theirs."""

from collections.abc import Callable, Iterable
from typing import Any

from partybuilding.core.rules import Sentence

#: Called with the project; returns a sentence for each kind of thing that has to be settled first.
OpenThings = Callable[[Any], Iterable[Sentence]]

_functions: dict[str, OpenThings] = {}


def register_open_things(function: OpenThings) -> OpenThings:
    """Add a function that says what is open of a project; the same function is asked once only."""
    _functions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def open_things(project: Any) -> list[Sentence]:
    """Return what still has to be settled, in the order of registration."""
    return [sentence for function in _functions.values() for sentence in function(project)]
