"""What was corrected of a visit or of a finding (更正), and the notes of a visit, as they read. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partybuilding.core.machine.wording import day_words
from partybuilding.supervision.states import Corrected


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
    #: To the questions of the year's checklist, by their keys.
    answers: Mapping[str, Any] = field(default_factory=dict)


#: What never leaves the staff side.
FOR_STAFF = frozenset({Corrected.PARTICIPANTS.value, Corrected.CHECKLIST.value})


@dataclass(frozen=True)
class Change:
    """One part with what it said and what it says now, in words."""

    part: Corrected
    before: str
    after: str


def changed(pairs: Iterable[tuple[Corrected, str, str]]) -> list[Change]:
    """Keep the parts that say something else now."""
    return [Change(part, before, after) for part, before, after in pairs if before != after]


def entry(change: Change, *, day: date, reason: str) -> dict[str, str]:
    """Return a change as the row keeps it, as JSON."""
    return {
        "on": day.isoformat(),
        "part": change.part.value,
        "from": change.before,
        "to": change.after,
        "reason": reason,
    }


def told(
    entries: Iterable[Mapping[str, str]], *, to_staff: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the corrections as readers see them, the last one first."""
    for one in reversed(list(entries)):
        if to_staff or one["part"] not in FOR_STAFF:
            yield {
                "day": day_words(date.fromisoformat(one["on"])),
                "label": Corrected(one["part"]).label,
                "before": one["from"] or "—",
                "after": one["to"] or "—",
                "reason": one["reason"],
            }
