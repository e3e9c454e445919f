"""What of a project is still open, so that its file cannot be closed; the rooms above say what of theirs.

Some of it has to be settled earlier: before the results are handed in, or before it is graded.
"""

from typing import TYPE_CHECKING

from partybuilding.core import rooms
from partybuilding.core.rules import Sentence

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def open_things(project: "Project", before: str = "open_things") -> list[Sentence]:
    """Return what still has to be settled, in the order of the rooms.

    Args:
        before: by the name under which rooms say it: "open_things" before the file is closed,
            "open_before_results" before results are handed in, "before_grading" before it is graded.
    """
    functions = rooms.collect(before)
    return [sentence for function in functions for sentence in function(project)]
