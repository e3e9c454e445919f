"""What of a project is still open, so that its file cannot be closed; the rooms above say what of theirs.

Some of it has to be settled earlier: before the results are handed in.
"""

from typing import TYPE_CHECKING

from partybuilding.core import rooms
from partybuilding.core.rules import Sentence

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def open_things(project: "Project", *, results: bool = False) -> list[Sentence]:
    """Return what still has to be settled before one of the two, in the order of the rooms.

    Args:
        results: it keeps the results from being handed in; otherwise the file from being closed.
    """
    functions = rooms.collect("open_before_results" if results else "open_things")
    return [sentence for function in functions for sentence in function(project)]
