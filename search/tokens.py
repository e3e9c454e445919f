"""Words that a database can index: overlapping pairs of Han characters; Latin and digits as written."""

import re
from collections.abc import Iterator

from search.folding import fold

#: What is indexed of one field; a longer text would overflow PostgreSQL's vector and refuse the save.
FIELD_LENGTH = 50_000
#: What both databases take as one word.
WORD_LENGTH = 64
HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>(?:(?![{HAN}_])\w)+)")


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text in order: pairs and the last character of a run of Han, other runs whole.

    Every Han character begins exactly one of them, so that a single one is found as a beginning.
    """
    for run in RUN.finditer(fold(text)):
        if run.lastgroup == "word":
            yield run[0][:WORD_LENGTH]
        else:
            yield from _pairs(run[0])


def _pairs(run: str) -> Iterator[str]:
    for at in range(len(run)):
        yield run[at : at + 2]


def indexed(text: str, length: int = FIELD_LENGTH) -> str:
    """Return what the index holds of a text, of at most so many characters of it."""
    return " ".join(tokens(text[:length]))


def is_han(token: str) -> bool:
    """Tell whether a word is made of Han characters."""
    run = RUN.match(token)
    return run is not None and run.lastgroup == "han"
