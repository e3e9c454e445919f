"""When two opinions say the same, or nearly: what is left of their words, so that a flood can be told apart; pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

#: From this one on within `WITHIN`, opinions with the same or nearly the same words are one of many alike.
MANY = 5
WITHIN = timedelta(hours=24)
#: Nearly the same: of the pairs of neighbouring characters of the longer text the other has at least so many.
NEAR = 0.5
#: Shorter texts say nearly the same by chance.
FEWEST_PAIRS = 6
#: With how many of the newest an opinion is compared, so that a flood slows nobody.
LOOK_BACK = 50
_NO_WORDS = re.compile(r"[\W\d_a-z]+")
_REPEATED = re.compile(r"(.)\1+")


def fingerprint(text: str, about: str = "") -> str:
    """Return the digest of a text's words: numbers, signs, Latin letters and repetitions do not count.

    Args:
        about: whom it concerns; the same words about two things are not the same.
    """
    words = _words(text) or _folded(text)
    return hashlib.sha256(f"{about}\n{words}".encode()).hexdigest()


def nearest(text: str, others: Iterable[tuple[str, str]]) -> str:
    """Return the name of the first other text that says nearly the same; empty when none does.

    Args:
        others: each with the name of its group before its text.
    """
    own = _pairs(text)
    if len(own) < FEWEST_PAIRS:
        return ""
    return next((name for name, other in others if _is_near(own, _pairs(other))), "")


def _is_near(own: frozenset[str], other: frozenset[str]) -> bool:
    return len(own & other) >= NEAR * max(len(own), len(other))


def _pairs(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _words(text: str) -> str:
    return _REPEATED.sub(r"\1", _NO_WORDS.sub("", _folded(text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
