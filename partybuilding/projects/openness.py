"""What of a project is still open, so that its file cannot be closed; the rooms above say what of theirs.

Some of it has to be settled earlier: before the results are handed in.
"""

from collections.abc import Callable, Iterable
from typing import Any

from partybuilding.core.rules import Sentence

#: Called with the project; returns a sentence for each kind of thing that has to be settled first.
OpenThings = Callable[[Any], Iterable[Sentence]]

_functions: dict[str, tuple[OpenThings, bool]] = {}


def register_open_things(function: OpenThings, *, results: bool = False) -> OpenThings:
    """Add a function that says what is open of a project; the same function is asked once only.

    Args:
        results: it keeps the results from being handed in; otherwise the file from being closed.
    """
    _functions[f"{function.__module__}.{function.__qualname__}"] = (function, results)
    return function


def open_things(project: Any, *, results: bool = False) -> list[Sentence]:
    """Return what still has to be settled before one of the two, in the order of registration."""
    asked = [function for function, before in _functions.values() if before == results]
    return [sentence for function in asked for sentence in function(project)]
