"""Rows of digits in a text, however they are written, and which of them could name a person."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: Written in characters, plainly or so that nobody can change them, and as said on the telephone.
CHINESE = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("○◯幺弌壱貳貮參叄陸", "0011122336", strict=True)),
}
#: Letters taken for digits, by typists and by readers of scanned paper.
ALIKE = {"O": "0", "o": "0", "l": "1", "I": "1"}
LOOSE = str.maketrans(CHINESE | ALIKE)
#: In these words 一 is no digit, though it may stand behind one: 一直, 一起, 一律.
ONE_IN_WORDS = re.compile("一(?=[直般律定起切些名位旦样同致经并])")
#: Marks that are not seen or only surround: joiners, direction marks, variation selectors, keycaps.
UNSEEN = ("Cf", "Mn", "Me")
#: What is written for the last character of an identity card's number, in Cyrillic too.
TENS = str.maketrans(dict.fromkeys("x×✕✖\u0425\u0445", "X"))


@dataclass(frozen=True)
class Folded:
    """A folded text, for each of its characters the place in the source, and the loose reading.

    The loose reading has the same length and takes Chinese numerals and letters alike for digits. The
    last of the places is the end of the source.
    """

    text: str
    loose: str
    places: list[int]


def fold(text: str) -> Folded:
    """Fold a text: compatible forms made one, unseen marks dropped, digits of any script made ours."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in _fold_one(character):
            characters.append(folded)
            places.append(place)
    places.append(len(text))
    strict = "".join(characters)
    return Folded(strict, ONE_IN_WORDS.sub("\n", strict).translate(LOOSE), places)


@lru_cache(maxsize=8192)
def _fold_one(character: str) -> str:
    if unicodedata.category(character) in UNSEEN:
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", character).translate(TENS)


#: What people put between the groups of one number; up to three of it, in one line.
BETWEEN = r"[ \t\-\u2010-\u2015\u2212.\u00b7\u2022\u2027\u30fb_/()]"
ROW = re.compile(rf"\d+(?:{BETWEEN}{{1,3}}\d+)*", re.ASCII)
GROUP = re.compile(r"\d+", re.ASCII)
DASHES = re.compile(r"[\u2010-\u2015\u2212]")
#: The shortest and the longest number looked for have so many digits.
FEWEST, LONGEST = 11, 19
ID_BODY = 17
TENTH = re.compile(rf"{BETWEEN}{{0,3}}X(?![A-Za-z])")


@dataclass(frozen=True)
class Candidate:
    """Some whole groups of a row, read as one number.

    Args:
        text: the folded text around it, for what stands before and behind.
        groups: where each group begins and ends.
        digits: the digits of all groups, and a closing X when one stands there.
    """

    text: str
    groups: tuple[tuple[int, int], ...]
    digits: str
    end: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.groups[0][0]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many digits each group has."""
        return tuple(end - start for start, end in self.groups)

    @cached_property
    def separators(self) -> set[str]:
        """What stands between the groups, spaces around a mark and kinds of dashes set aside."""
        pairs = zip(self.groups, self.groups[1:], strict=False)
        between = (self.text[before[1] : behind[0]] for before, behind in pairs)
        return {DASHES.sub("-", mark.strip()) or " " for mark in between}


def rows(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the groups of each row of digits."""
    for row in ROW.finditer(text):
        yield [group.span() for group in GROUP.finditer(text, *row.span())]


def candidates(
    read: str, text: str, groups: list[tuple[int, int]], first: int
) -> Iterator[Candidate]:
    """Yield what can be read as one number from a group on, shortest first.

    Args:
        read: the reading in which the groups are digits.
        text: the strict reading, for what stands around.
    """
    digits = ""
    for last in range(first, min(first + LONGEST, len(groups))):
        start, end = groups[last]
        if len(digits) + end - start > (LONGEST if digits else 2 * LONGEST):
            return
        digits += read[start:end]
        if len(digits) < FEWEST:
            continue
        yield Candidate(text, tuple(groups[first : last + 1]), digits, end)
        tenth = TENTH.match(text, end) if len(digits) == ID_BODY else None
        if tenth:
            yield Candidate(text, tuple(groups[first : last + 1]), digits + "X", tenth.end())
