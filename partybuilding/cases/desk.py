"""The lines of case studies on the first screen."""

from collections.abc import Iterator
from typing import Any

from partybuilding.cases.kind import KIND
from partybuilding.core.desk.lines import DeskLine
from partybuilding.spreading.desk import desk_lines


def case_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    return desk_lines(KIND, user)
