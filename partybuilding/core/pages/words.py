"""Words that are looked for: what somebody typed above a list, and what a page is found by and never quoted with."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

#: So many characters of it are taken.
QUERY_LENGTH = 60
#: Opens what a page is found by, though nobody reads it there: the alternative of a picture (an invisible character).
ASIDE = "\u2063"
#: Where a line of running text ends.
ENDS = re.compile(r"</(?:p|h\d|li)>|<br ?/?>")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def aside(text: str) -> str:
    """Return words by which a page is found and which no result quotes."""
    return f"{ASIDE}{text}" if text else ""


def lined(html: str) -> str:
    """Return running text whose paragraphs and headings are lines of their own once its marks are gone."""
    return ENDS.sub("\\g<0>\n", html)


def clean_words(text: Any) -> str:
    """Fold what somebody typed: full-width to half-width, no control characters, not too long."""
    folded = unicodedata.normalize("NFKC", UNPRINTABLE.sub(" ", str(text)))
    return " ".join(folded.split())[:QUERY_LENGTH]


def every_word_in(words: str, columns: Iterable[str]) -> Q:
    """Return the condition that every word stands in one of the columns."""
    columns, found = tuple(columns), Q()
    for word in words.split():
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found
