"""How Chinese reads: syllables and initials of names, and what of a name somebody typed in Latin letters."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from search.folding import fold
from search.tokens import RUN

#: What may be pinyin or initials: letters, perhaps with figures, divided as people divide them.
TYPED = re.compile(r"[a-z][a-z0-9' ]{1,40}")
#: What sounds alike in the south-west, and how it is written here.
SAID_ALIKE = {"zh": "z", "ch": "c", "sh": "s", "ng": "n", "l": "n", "hu": "fu"}
#: Characters that are tried for one that sounds like them, at most.
ALIKE = 80
LOOSE = re.compile("|".join(SAID_ALIKE))


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


def said(character: str) -> list[str]:
    """Return how a Chinese character is read, by who does not tell all sounds apart; rare readings are left out."""
    from pypinyin.pinyin_dict import pinyin_dict

    readings = pinyin_dict.get(ord(character), "").split(",")[:2]
    plain = (unicodedata.normalize("NFD", one) for one in readings if one)
    return list(dict.fromkeys(loosened(re.sub(r"[^a-z]", "", one)) for one in plain))


@cache
def _by_sound() -> dict[str, list[str]]:
    """Put the characters of GB 2312, which are those in use, by what they sound like.

    First come those that are mostly read so, and of these the common ones.
    """
    cells = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    readings = {one: said(one) for cell in cells for one in cell.decode("gb2312", "ignore")}
    found: dict[str, list[str]] = {}
    for at in range(2):
        for one, sounds in readings.items():
            for sound in sounds[at : at + 1]:
                found.setdefault(sound, []).append(one)
    return found


def homophones(character: str) -> list[str]:
    """Return the other characters in use that sound like a Chinese one, at most `ALIKE` of them."""
    alike = dict.fromkeys(one for sound in said(character) for one in _by_sound().get(sound, ()))
    return [one for one in alike if one != character][:ALIKE]


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


def loosened(letters: str) -> str:
    """Return pinyin without what many speakers do not tell apart: zh and z, ing and in, l and n, hu and fu."""
    return LOOSE.sub(lambda found: SAID_ALIKE[found[0]], letters)


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
    return _spotted(name, row, letters, "syllable") or _spotted(name, row, letters, "initial")


def spot_alike(name: str, letters: str) -> str:
    """Return the part of a name that sounds like the letters to whoever does not tell all sounds apart."""
    return _spotted(name, units(name), letters, "syllable", loosened)


def _spotted(
    name: str, row: list[Unit], letters: str, part: str, said: Callable[[str], str] = str
) -> str:
    wanted = said(letters)
    for at, first in enumerate(row):
        heard = ""
        for unit in row[at:]:
            before, heard = said(heard), heard + getattr(unit, part)
            reached = said(heard)
            if reached == wanted or (part == "syllable" and reached.startswith(wanted)):
                if unit.end - first.start > 1 and len(before) < len(wanted):
                    return name[first.start : unit.end]
                break
            if not wanted.startswith(reached):
                break
    return ""
