"""What waits for a user, as lines on the first screen; every room has its own."""

from dataclasses import dataclass
from typing import Any

from partybuilding.core import rooms
from partybuilding.core.states import Text, Tone


@dataclass(frozen=True)
class DeskLine:
    """One line of 待我办理: how many of what, how many of them late, and where they are listed."""

    label: Text
    count: int
    overdue: int = 0
    url: str = ""
    tone: Tone = Tone.WAITING


def desk_of(user: Any) -> list[DeskLine]:
    """Return the lines of a user that have something to do, in the order of the rooms."""
    return [line for function in rooms.each("desk") for line in function(user) if line.count]
