"""The trail of a record as a story to read: who did what, when, why, with which files."""

from dataclasses import dataclass
from typing import Any

from partybuilding.core.machine.registry import machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Table, Tone


@dataclass(frozen=True)
class Entry:
    """One row of the trail in words; without `who` and what was said for those who may not know."""

    row: TransitionRecord
    tone: str
    who: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    files: tuple[dict[str, Any], ...] = ()


def story_of(record: Any) -> list[Entry]:
    """Return the whole trail of a record, newest first."""
    table = machine_of(record).table
    rows = trail_of(record).order_by("-sequence")
    return [Entry(row, tone_of(row, table), who=who_of(row), reason=row.reason) for row in rows]


def tone_of(row: TransitionRecord, table: Table) -> str:
    """Return the look of a row: its step's, or a note's."""
    return str(table.step(row.step).tone if table.has_step(row.step) else Tone.NEUTRAL)


def who_of(row: TransitionRecord) -> str:
    """Name who it was, with organisation and post as they were."""
    return " ".join(part for part in (row.by_organization, row.by_post, row.by_name) if part)
