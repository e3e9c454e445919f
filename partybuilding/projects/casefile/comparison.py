"""Compare two snapshots of an application, part by part, down to the changed words."""

from collections.abc import Iterator
from dataclasses import dataclass

from partybuilding.core.sheets import Field, Part, Sheet, Snapshot
from partybuilding.core.states import Text
from partybuilding.core.text.differences import Piece, pieces


@dataclass(frozen=True)
class Change:
    """One field that differs, and the part it belongs to."""

    section: str
    label: Text
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changes(sheet: Sheet, before: Snapshot, after: Snapshot) -> list[Change]:
    """Return the fields that differ, in the order of the form."""
    return [
        Change(part.code, field.label, *pieces(old, new))
        for part, field, old, new in _differing(sheet, before, after)
    ]


def changed_parts(sheet: Sheet, before: Snapshot, after: Snapshot) -> set[str]:
    """Return the codes of the parts in which anything differs."""
    return {part.code for part, *_rest in _differing(sheet, before, after)}


def _differing(
    sheet: Sheet, before: Snapshot, after: Snapshot
) -> Iterator[tuple[Part, Field, str, str]]:
    for part in sheet.parts:
        for field in part.fields:
            if field.is_comparable(before):
                old, new = field.snapshot_words(before, {}), field.snapshot_words(after, before)
                if old != new:
                    yield part, field, old, new
