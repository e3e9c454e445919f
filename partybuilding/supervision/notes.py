"""What an officer writes down: of a visit, of each commitment looked at, of each finding. Plain values."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class CheckNote:
    """What was found of one commitment.

    Args:
        commitment: its key.
        found: one of `states.Found`.
    """

    commitment: int
    found: str
    remark: str = ""


@dataclass(frozen=True)
class FindingNote:
    """One finding: what is wrong, what is asked for, by when, and which commitment it concerns."""

    finding: str
    requirement: str
    rectify_by: date
    commitment: int | None = None


@dataclass(frozen=True)
class VisitNote:
    """The record of one activity as it was written down."""

    held_on: date
    participants: str
    summary: str
    good_practice: str = ""
    checks: tuple[CheckNote, ...] = field(default=())
    findings: tuple[FindingNote, ...] = field(default=())
