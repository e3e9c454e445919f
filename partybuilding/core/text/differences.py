"""Two texts laid side by side, down to the changed words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

#: Changed stretches that lie closer than this many characters are shown as one.
GAP = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of text, changed or not."""

    text: str
    changed: bool = False


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
