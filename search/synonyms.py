"""Words that mean the same: the ways of asking one question with the words that editors joined."""

from collections.abc import Iterable

from search.folding import fold
from search.terms import QUOTED

#: Ways of asking one question, at most; every one costs.
WAYS = 8


def ways_of_asking(q: str, groups: Iterable[str]) -> list[str]:
    """Return a question and the same question in other words; quoted phrases stay as they are.

    Args:
        q: what somebody asks.
        groups: words that mean the same, with spaces between them.
    """
    ways = [fold(q)]
    if QUOTED.search(q):
        return ways
    for group in groups:
        words = fold(group).split()
        for way in list(ways):
            ways += [way.replace(held, other) for held, other in _exchanges(way, words)]
        ways = list(dict.fromkeys(ways))[:WAYS]
    return ways


def _exchanges(way: str, words: list[str]) -> list[tuple[str, str]]:
    """Return the longest word of a group that a question holds, with each of the others."""
    held = max((word for word in words if word in way), key=len, default="")
    return [(held, other) for other in words if other != held] if held else []
