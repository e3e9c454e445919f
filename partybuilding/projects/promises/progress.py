"""Where a promise stands: its state, how late it is, how far it has come. Pure; nothing of it is stored.

The rules (public.md, "Rules of the public record"):

- 已终止 > 已完成 > 逾期 > 推进中 > 未开始: the first that holds is the state.
- A promise is kept when it has steps and every one of them was closed with evidence. It is under way
  when at least one was: only evidence tells so, neither the calendar nor anybody's word.
- It is overdue from the day after its current deadline. How late it is, is always counted in days
  against the original one, up to the day it was kept, its project was terminated or archived, or today;
  so no change of a deadline and no late completion makes lateness disappear.
"""

from dataclasses import dataclass
from datetime import date

from partybuilding.projects.states.codes import CommitmentState, Mark


@dataclass(frozen=True)
class Ending:
    """What the end of a project means for its promises; nothing of it while the project goes on.

    Args:
        ended_on: the day on which it was terminated.
        filed_on: the day on which it was archived.
        is_over: whether it was graded, from when on nobody can keep them.
    """

    ended_on: date | None = None
    filed_on: date | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Promise:
    """What there is to know of a commitment, or of one of its steps.

    Args:
        steps: how many steps it has.
        closed: how many of them were closed with evidence.
        original: the deadline as it was first published.
        current: the deadline that holds now.
        closed_on: the day on which the last step was closed.
        ended_on: the day on which its project was terminated.
        filed_on: the day on which its project was archived.
        is_over: whether its project was graded, from when on nobody can keep it.
        changes: how many times it was changed after its publication.
    """

    steps: int
    closed: int
    original: date | None
    current: date | None
    closed_on: date | None = None
    ended_on: date | None = None
    filed_on: date | None = None
    is_over: bool = False
    changes: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether every step was closed; a promise without steps cannot be kept."""
        return 0 < self.steps <= self.closed


def state_of(promise: Promise, today: date) -> CommitmentState:
    """Return where a promise stands on a day."""
    if promise.ended_on is not None:
        return CommitmentState.TERMINATED
    if promise.is_kept:
        return CommitmentState.DONE
    if promise.current is not None and promise.current < today:
        return CommitmentState.OVERDUE
    return CommitmentState.UNDER_WAY if promise.closed else CommitmentState.NOT_STARTED


def days_late(promise: Promise, today: date) -> int:
    """Return by how many calendar days a promise missed its original deadline so far; 0 when in time."""
    if promise.original is None:
        return 0
    over = promise.ended_on or promise.filed_on
    until = promise.closed_on if promise.is_kept else over
    return max(0, ((until or today) - promise.original).days)


_MARKS = {
    CommitmentState.TERMINATED: Mark.STOPPED,
    CommitmentState.DONE: Mark.DONE,
    CommitmentState.OVERDUE: Mark.LATE,
    CommitmentState.UNDER_WAY: Mark.UNDER_WAY,
    CommitmentState.NOT_STARTED: Mark.NOT_STARTED,
}


def mark_of(promise: Promise, today: date) -> Mark:
    """Return how a promise is told to residents; overdue in a graded project is not kept, for ever."""
    mark = _MARKS[state_of(promise, today)]
    if mark == Mark.LATE and promise.is_over:
        return Mark.MISSED
    return Mark.DONE_LATE if mark == Mark.DONE and days_late(promise, today) else mark
