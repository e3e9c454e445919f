"""A text with every way of writing a digit made one, each character still knowing where it stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

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
