"""Compare two snapshots of an application, part by part, down to the changed words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from partybuilding.core.sheets import Field, Part, Sheet, Snapshot
from partybuilding.core.states import Text

#: Changed stretches that lie closer than this many characters are shown as one.
GAP = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of text, changed or not."""

    text: str
    changed: bool = False


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


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut two texts into the stretches that stayed and those that changed."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old, new = [], []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        small = tag == "equal" and i2 - i1 < GAP
        changed = tag != "equal" or small
        old.append(Piece(before[i1:i2], changed))
        new.append(Piece(after[j1:j2], changed))
    return tuple(_joined(old)), tuple(_joined(new))


def _joined(stretches: list[Piece]) -> Iterator[Piece]:
    """Join neighbours of the same kind, and leave out empty ones."""
    filled = (piece for piece in stretches if piece.text)
    for changed, neighbours in groupby(filled, key=lambda piece: piece.changed):
        yield Piece("".join(piece.text for piece in neighbours), changed)
