"""Words that mean the same: how a question reads with the words that editors joined."""

import re
from collections.abc import Iterable, Iterator, Mapping

from search.asking import matter_of
from search.folding import fold
from search.terms import QUOTED

#: A question as its parts in order, each with what else may be said for it, what was typed first.
Reading = tuple[tuple[str, ...], ...]


def ways_of_asking(q: str) -> list[str]:
    """Return the matter of a question and the question itself; quoted phrases stay as they are."""
    ways = [fold(q)]
    return ways if QUOTED.search(q) else list(dict.fromkeys([matter_of(q), *ways]))


def readings_of(q: str, groups: Iterable[str]) -> list[Reading]:
    """Return the matter of a question as it was typed, and divided where words have others of one meaning.

    The division loses the pairs that straddle its parts, so both are read.

    Args:
        q: what somebody asks.
        groups: words that mean the same, with spaces between them; of a word in several groups all are meant.
    """
    typed = tuple((piece,) for piece in matter_of(q).split())
    if QUOTED.search(q):
        return [typed]
    others: dict[str, list[str]] = {}
    for words in map(str.split, map(fold, groups)):
        for word in words:
            others.setdefault(word, []).extend(words)
    if not others:
        return [typed]
    longest = re.compile("|".join(sorted(map(re.escape, others), key=len, reverse=True)))
    divided = tuple(part for (piece,) in typed for part in _divided(piece, longest, others))
    return list(dict.fromkeys([typed, divided]))


def _divided(
    piece: str, words: re.Pattern[str], others: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a piece: words with their others, and what stands between them."""
    at = 0
    for found in words.finditer(piece):
        if found.start() > at:
            yield (piece[at : found.start()],)
        yield tuple(dict.fromkeys([found[0], *others[found[0]]]))
        at = found.end()
    if at < len(piece):
        yield (piece[at:],)
