"""When two opinions say the same: a fingerprint of the words alone, so that a flood can be told apart; pure."""

import hashlib
import re
import unicodedata
from datetime import timedelta

#: From this one on within `WITHIN`, opinions with the same words are marked as one of many alike.
MANY = 5
WITHIN = timedelta(hours=24)
_NO_WORDS = re.compile(r"[\W\d_a-z]+")
_REPEATED = re.compile(r"(.)\1+")


def fingerprint(text: str, about: str = "") -> str:
    """Return the digest of a text's words: numbers, signs, Latin letters and repetitions do not count.

    Args:
        about: whom it concerns; the same words about two things are not the same.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    words = _REPEATED.sub(r"\1", _NO_WORDS.sub("", folded))
    return hashlib.sha256(f"{about}\n{words or folded}".encode()).hexdigest()
