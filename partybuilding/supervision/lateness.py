"""Where an activity and a finding stand, and how late they are. Pure; nothing of it is stored.

- An activity is late from the day after its last day; held late it stays so for ever.
- A finding is late in calendar days against the deadline that was given first: up to the day of the
  report that stands, or today while there is none. A report that is sent back does not count, so no
  sequence of steps makes lateness smaller.
- The loop of an activity (工作闭环) is closed when it was held and every finding of it is verified.
"""

from collections.abc import Iterable
from datetime import date

from partybuilding.supervision.states import SETTLED, RectificationState, Standing


def standing(due_on: date, done_on: date | None, *, goes_on: bool, today: date) -> Standing:
    """Return where an activity stands on a day.

    Args:
        goes_on: whether its project is still supervised; what was left undone then was not held.
    """
    if done_on is not None:
        return Standing.HELD_LATE if done_on > due_on else Standing.HELD
    if not goes_on:
        return Standing.NOT_HELD
    return Standing.OVERDUE if due_on < today else Standing.OPEN


def days_late(first_deadline: date, reported_on: date | None, state: str, today: date) -> int:
    """Return by how many calendar days a finding missed its first deadline so far; 0 when in time."""
    if state == RectificationState.WITHDRAWN:
        return 0
    stands = state != RectificationState.ISSUED and reported_on is not None
    until = reported_on if stands and reported_on is not None else today
    return max(0, (until - first_deadline).days)


def is_closed(done_on: date | None, states: Iterable[str]) -> bool:
    """Tell whether the loop of an activity is closed."""
    return done_on is not None and all(state in SETTLED for state in states)
