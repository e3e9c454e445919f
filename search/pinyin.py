"""How Chinese reads: syllables and initials of names, and what of a name somebody typed in Latin letters."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from search.folding import fold
from search.tokens import RUN

#: What may be pinyin or initials: letters, perhaps with figures, divided as people divide them.
TYPED = re.compile(r"[a-z][a-z0-9' ]{1,40}")


@dataclass(frozen=True)
class Unit:
    """A character with its syllable, or a word that is no Chinese."""

    start: int
    end: int
    syllable: str
    initial: str


@cache
def _reader() -> Any:
    """Load the dictionary of readings when it is first needed: it takes a third of a second."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def units(text: str) -> list[Unit]:
    """Divide a text into what is read one by one; punctuation is not read."""
    folded = "".join(fold(character)[:1] or " " for character in text)
    found: list[Unit] = []
    for run in RUN.finditer(folded):
        if run.lastgroup == "word":
            found.append(Unit(run.start(), run.end(), run[0], run[0]))
            continue
        syllables = _reader()(run[0])
        if len(syllables) != len(run[0]):
            syllables = [_reader()(character)[0] for character in run[0]]
        for at, syllable in enumerate(syllables, start=run.start()):
            found.append(Unit(at, at + 1, syllable.lower(), syllable[:1].lower()))
    return found


def reading(text: str) -> str:
    """Return the syllables of a text, joined."""
    return "".join(unit.syllable for unit in units(text))


def initials(text: str) -> str:
    """Return the initials of a text, joined."""
    return "".join(unit.initial for unit in units(text))


def typed_letters(text: str) -> str:
    """Return what somebody typed in Latin letters without its divisions; nothing if it is no pinyin."""
    folded = fold(text).strip()
    return re.sub(r"['\s]", "", folded) if TYPED.fullmatch(folded) else ""


def spot(name: str, letters: str) -> str:
    """Return the part of a name that reads as the letters, whole or by initials; else nothing.

    The last syllable may be unfinished.
    """
    row = units(name)
    for at in range(len(row)):
        for part in ("syllable", "initial"):
            end = _reach(row, at, letters, part)
            if end is not None and end - row[at].start > 1:
                return name[row[at].start : end]
    return ""


def _reach(row: list[Unit], at: int, letters: str, part: str) -> int | None:
    """Return where the letters end when they begin at a unit."""
    left = letters
    for unit in row[at:]:
        piece = getattr(unit, part)
        if left == piece or (part == "syllable" and piece.startswith(left)):
            return unit.end
        if not left.startswith(piece):
            return None
        left = left[len(piece) :]
    return None
