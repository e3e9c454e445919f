"""How near pages are to a question: ranked by the words and characters they have, rare words counting more.

The engines say which entries hold which word; how much that is worth is decided here, alike on every database.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet
from django.db.models.functions import Left

from search.folding import fold
from search.wanted import Wanted

#: The key of an object as text, and a word that it holds.
Held = tuple[str, str]
Counted = dict[str, int]

#: A word that more entries hold than this is common, however many they are.
COMMON = 2_000
#: Of more entries than this a word of theirs weighs no more.
MANY = 20_000
#: Entries that are weighed, at most, and those of them whose opening is read.
CANDIDATES = 1_500
READ = 300
#: Words of a question that are looked up, at most, with all that may be said for them.
WORDS = 48
#: In how large a part of all entries a single character may stand to mean something alone: 税 does, 大 does not.
RARE = 0.2
#: The part of a question's weight that an entry must hold to be looked at.
ENOUGH = 0.1
#: Characters of a text that open it.
OPENING = 100


class Postings(Protocol):
    """What an engine knows of single words."""

    def total(self) -> int: ...

    def count(self, words: Sequence[str], limit: int) -> Counted: ...

    def holding(self, words: Sequence[str], among: Sequence[str]) -> Iterable[Held]: ...


@dataclass(frozen=True)
class Near:
    """How near a page is; every figure lies between 0 and 1.

    Attributes:
        rank: by the words of its text, and the words and characters of its title and of how it opens.
        held: the mean of the parts of the question's pairs that its text holds, and of its characters that it
            opens with; nothing where it holds no pair: characters are scattered everywhere.
        characters: the part of the question's characters that it opens with or that stand in words which it holds.
    """

    rank: float
    held: float
    characters: float


class Related:
    """Pages of a queryset that have something of what is wanted.

    Args:
        wanted: one question or several; a page is as near as to the nearest of them.
    """

    def __init__(self, wanted: Sequence[Wanted], queryset: QuerySet, postings: Postings) -> None:
        self.wanted = wanted
        self.queryset = queryset
        self.postings = postings

    @cached_property
    def near(self) -> dict[Any, Near]:
        """How near every page is that has something of it."""
        rows = self.queryset.filter(pk__in=self._chosen).order_by()
        rows = rows.annotate(opening=Left("search_entry__text", OPENING))
        found = {}
        for pk, title, opening in rows.values_list("pk", "title", "opening"):
            texts = fold(title), fold(f"{title} {opening or ''}")
            held = self._held[str(pk)]
            found[pk] = max(
                (self._near(one, held, texts) for one in self.wanted),
                key=lambda near: near.rank,
            )
        return found

    def _near(self, wanted: Wanted, held: set[str], texts: Sequence[str]) -> Near:
        whole, letters = wanted.covered(held, self._weights, self._single), 0.0
        for part in texts:
            known = {word for word in self._weights if word in part}
            letters = wanted.lettered(part, known)
            whole += (wanted.covered(known, self._weights, self._single) + letters) / 2
        pairs = wanted.covered(held, self._weights)
        characters = wanted.lettered(f"{texts[-1]} {' '.join(held)}", held)
        return Near(whole / (1 + len(texts)), (pairs + letters) / 2 if pairs else 0.0, characters)

    @cached_property
    def covered(self) -> dict[str, float]:
        """The part of the weight that entries hold, by the keys of their objects as text."""
        return {
            key: max(one.covered(held, self._weights, self._single) for one in self.wanted)
            for key, held in self._held.items()
        }

    @property
    def _chosen(self) -> list[str]:
        """The keys of the entries that hold enough, those that hold most first."""
        keys = [key for key, part in self.covered.items() if part >= ENOUGH]
        keys.sort(key=lambda key: (self.covered[key], len(key), key), reverse=True)
        return keys[:READ]

    @cached_property
    def words(self) -> list[str]:
        """The words that are looked up, those that were typed first."""
        typed = (word for one in self.wanted for word in one.words)
        meant = (word for one in self.wanted for word in one.lookups)
        return list(dict.fromkeys([*typed, *meant]))[:WORDS]

    @cached_property
    def counts(self) -> Counted:
        """How many entries hold each of the words."""
        return self._counted(self.words)

    @cached_property
    def _single(self) -> Counted:
        """The rare characters that are looked up alone, since no entry holds a pair of the question with them."""
        loose = dict.fromkeys(letter for one in self.wanted for letter in one.loosen(self.counts))
        counts = self._counted([letter for letter in loose if letter not in self.counts][:WORDS])
        most = min(RARE * self._total, COMMON - 1)
        return {letter: count for letter, count in counts.items() if 0 < count <= most}

    @cached_property
    def _total(self) -> int:
        return max(self.postings.total(), 1) if self.words else 1

    def _counted(self, words: Sequence[str]) -> Counted:
        return self.postings.count(words, COMMON) if words else {}

    @cached_property
    def _held(self) -> Mapping[str, set[str]]:
        """The words that candidates hold, by the keys of their objects as text."""
        counts = {**self.counts, **self._single}
        held = sorted((word for word, count in counts.items() if count), key=lambda w: counts[w])
        rows: dict[str, set[str]] = defaultdict(set)
        if held:
            for key, word in self.postings.holding(held, chosen(held, counts)):
                rows[key].add(word)
        return rows

    @cached_property
    def _weights(self) -> dict[str, float]:
        counts = {**self.counts, **self._single}
        return {word: math.log(1 + self._total / (count or 1)) for word, count in counts.items()}


def chosen(held: Sequence[str], counts: Counted) -> list[str]:
    """Return the rarest words, until they name enough candidates."""
    kept: list[str] = []
    room = CANDIDATES
    for word in held:
        if kept and counts[word] > room:
            break
        kept.append(word)
        room -= counts[word]
    return kept
