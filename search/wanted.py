"""What a question wants, word by word, and what else may be said for it: words that editors joined."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from search.asking import matter_of
from search.folding import fold
from search.terms import QUOTED, pairs_of, plain_terms
from search.terms import every as joined
from search.tokens import RUN, is_han

#: What each word of the index weighs.
Weights = Mapping[str, float]

#: What a word counts where another of the same meaning is held.
MEANT = 0.85


class Exchange(NamedTuple):
    """A word of a question, and the words of the index for each other that means the same."""

    word: str
    typed: frozenset[str]
    others: tuple[frozenset[str], ...]


class Wanted:
    """A question.

    Args:
        text: what is looked for, without what only asks.
        others: what else may be said for a word.

    Attributes:
        words: its words, as the index has them.
        said: all other words that may be said, as they are written.
    """

    def __init__(self, text: str, others: Mapping[str, Iterable[str]] | None = None) -> None:
        self.runs = [run[0] for run in RUN.finditer(fold(text))]
        self.words = words_of(text)
        self.exchanges: list[Exchange] = []
        self.said: list[str] = []
        for word in _exchanged(self.runs, others or {}):
            kept = [other for other in dict.fromkeys((others or {})[word]) if other != word]
            self.said += kept
            ways = tuple(frozenset(words_of(other)) for other in kept)
            self.exchanges.append(Exchange(word, frozenset(words_of(word)), ways))

    @cached_property
    def lookups(self) -> list[str]:
        """The words to look up, those that were typed first."""
        meant = (word for one in self.exchanges for way in one.others for word in sorted(way))
        return list(dict.fromkeys([*self.words, *meant]))

    @cached_property
    def characters(self) -> frozenset[str]:
        """Its characters; a Latin word counts as one."""
        return frozenset(one for run in self.runs for one in (run if is_han(run) else (run,)))

    def is_word(self, longest: int) -> bool:
        """Tell whether it is a single word of at most so many characters."""
        return len(self.runs) == 1 and len(self.runs[0]) <= longest

    def loosen(self, held: Mapping[str, int]) -> list[str]:
        """Return the characters that stand in no held pair."""
        return [run[at] for run, at in self.loose(held)]

    def loose(self, held: Mapping[str, int]) -> list[tuple[str, int]]:
        """Return where a character stands in no held pair: the run and the place in it."""
        return [
            (run, at)
            for run in self.runs
            if is_han(run) and len(run) > 1
            for at in range(len(run))
            if not (held.get(run[at - 1 : at + 1]) or held.get(run[at : at + 2]))
        ]

    def covered(self, held: set[str], weights: Weights, single: Iterable[str] = ()) -> float:
        """Return the part of the weight of its words that is held.

        Args:
            held: words of the index.
            weights: what each weighs.
            single: characters that are looked up alone.
        """
        meant = {word for one in self._meant(held) for word in one.typed}
        whole = got = 0.0
        for word in (*self.words, *single):
            whole += (weight := weights.get(word, 0.0))
            got += weight * (1 if word in held else MEANT if word in meant else 0)
        return got / whole if whole else 0.0

    def lettered(self, text: str, held: set[str]) -> float:
        """Return the part of its characters that a folded text has."""
        meant = {one for exchange in self._meant(held) for one in exchange.word}
        got = sum(1 if one in text else MEANT if one in meant else 0 for one in self.characters)
        return got / len(self.characters) if self.characters else 0.0

    def _meant(self, held: set[str]) -> list[Exchange]:
        """Return the words which are not held, but another of the same meaning is as a whole."""
        return [
            one
            for one in self.exchanges
            if not held >= one.typed and any(held >= way for way in one.others)
        ]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of the index that a text asks for, each once."""
    return pairs_of(joined(plain_terms(text)))


def wanted_of(q: str, groups: Iterable[str]) -> Wanted:
    """Return what a question wants; quoted phrases mean what they say.

    Args:
        q: what somebody asks.
        groups: words that mean the same, with spaces between them; of a word in several groups all are meant.
    """
    others: dict[str, list[str]] = {}
    if not QUOTED.search(q):
        for words in map(str.split, map(fold, groups)):
            for word in words:
                others.setdefault(word, []).extend(words)
    return Wanted(matter_of(q), others)


def _exchanged(runs: Iterable[str], others: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the words of a question that have others, the longest where several begin at one place."""
    longest = max(map(len, others), default=0)
    found = []
    for run in runs:
        at = 0
        while at < len(run):
            words = (run[at:end] for end in range(min(at + longest, len(run)), at, -1))
            word = next((one for one in words if one in others), "")
            found += [word] if word else []
            at += len(word) or 1
    return list(dict.fromkeys(found))
