"""Words that mean the same: the ways of asking one question with the words that editors joined."""

import re
from collections.abc import Iterable, Iterator, Mapping

from search.asking import matter_of
from search.folding import fold
from search.terms import QUOTED

#: Ways of asking one question, at most; every one costs.
WAYS = 8
#: A question as its parts in order, each with what else may be said for it, what was typed first.
Reading = tuple[tuple[str, ...], ...]


def ways_of_asking(q: str, groups: Iterable[str]) -> list[str]:
    """Return a question, its matter alone, and both in other words; quoted phrases stay as they are.

    Args:
        q: what somebody asks.
        groups: words that mean the same, with spaces between them.
    """
    ways = [fold(q)]
    if QUOTED.search(q):
        return ways
    ways = list(dict.fromkeys([matter_of(q), *ways]))
    for group in groups:
        words = fold(group).split()
        for way in list(ways):
            ways += [way.replace(held, other) for held, other in _exchanges(way, words)]
        ways = list(dict.fromkeys(ways))[:WAYS]
    return ways


def readings_of(q: str, groups: Iterable[str]) -> list[Reading]:
    """Return the matter of a question as it was typed, and divided where words have others of one meaning.

    The division loses the pairs that straddle its parts, so both are read.
    """
    typed = tuple((piece,) for piece in matter_of(q).split())
    if QUOTED.search(q):
        return [typed]
    others = {word: words for words in map(str.split, map(fold, groups)) for word in words}
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


def _exchanges(way: str, words: list[str]) -> list[tuple[str, str]]:
    """Return the longest word of a group that a question holds, with each of the others."""
    held = max((word for word in words if word in way), key=len, default="")
    return [(held, other) for other in words if other != held] if held else []
