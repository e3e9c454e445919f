"""What of a project is still open elsewhere, and keeps it from the archive; every room registers its own."""

from collections.abc import Callable, Iterable
from typing import Any

from partybuilding.core.rules import Sentence, Verdict, verdict

OpenThings = Callable[[Any], Iterable[Sentence]]

_functions: dict[str, OpenThings] = {}


def register_open_things(function: OpenThings) -> OpenThings:
    """Add a function that says in sentences what of a project is open; the same one is asked once only."""
    _functions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def open_things(project: Any) -> list[Sentence]:
    """Return what is open of a project, in the order of registration."""
    return [sentence for function in _functions.values() for sentence in function(project)]


def nothing_open(project: Any) -> Verdict:
    """Ask that nothing of the project is open any more."""
    return verdict(open_things(project))
