"""What has some of the words, when nothing has all: ranked by the words covered, rare ones counting more.

The engines say which entries hold which word; how much that is worth is decided here, alike on every database.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet
from django.db.models.functions import Left

from search.folding import fold
from search.parts import JOINING, Part, Wanted, Weights, part_covered
from search.synonyms import Reading

#: The key of an object as text, a word that it holds, and whether in the title and in the text.
Held = tuple[str, str, bool, bool]
Counted = dict[str, int]

#: A word that more entries hold than this is common, however many they are.
COMMON = 2_000
#: Of more entries than this a word of theirs weighs no more.
MANY = 20_000
#: Entries that are weighed, at most.
CANDIDATES = 1_500
#: Words of a question that are looked up, at most, with all that may be said for them.
WORDS = 48
#: What a word that no entry holds counts: most of them only straddle two words of the question.
UNKNOWN = 0.25
#: What a word with a joining character counts.
LIGHT = 0.3
#: In how large a part of all entries a single character may stand to mean something alone: 税 does, 大 does not.
RARE = 0.1
#: The part of a question's weight that must be covered.
ENOUGH = 0.25
#: The part of a question's characters that must be covered for a page to answer it whole.
WHOLE = 0.9
#: Characters of a text that open it, and how much a word there counts as if it stood in the title.
OPENING = 60
LEAD = 0.5
#: Hits at most.
HITS = 60


class Postings(Protocol):
    """What an engine knows of single words."""

    def total(self) -> int: ...

    def count(self, words: Sequence[str], limit: int) -> Counted: ...

    def holding(self, words: Sequence[str], among: Sequence[str]) -> Iterable[Held]: ...


@dataclass(frozen=True)
class Nearness:
    """How near an object is to a question; every figure lies between 0 and 1.

    Attributes:
        weight: the part of the question's weight that its title and its text cover.
        rank: the mean of that and of what its title, and half as much the opening of its text, covers alone.
        characters: the part of the question's characters that stand in words which it holds.
        typed: the part of the weight of what was typed that it holds, whatever else may be said for it.
    """

    weight: float = 0.0
    rank: float = 0.0
    characters: float = 0.0
    typed: float = 0.0

    def best(self, other: "Nearness") -> "Nearness":
        """Return the better figures of two readings."""
        return Nearness(
            max(self.weight, other.weight),
            max(self.rank, other.rank),
            max(self.characters, other.characters),
            max(self.typed, other.typed),
        )


class Weighed(NamedTuple):
    """An object with how near it is, how many of the question's characters its title has, and how it opens."""

    near: Nearness
    alike: int
    lead: str


class Related:
    """Pages of a queryset that have something of a question.

    Args:
        readings: the question, read in several ways; a page is as near as to the nearest of them.
        total: how many entries there are, where that was asked before.
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        queryset: QuerySet,
        postings: Postings,
        total: int | None = None,
    ) -> None:
        self.readings = [[Part(said) for said in reading] for reading in readings]
        self.queryset = queryset
        self.postings = postings
        self._given = total

    def like(self, pk: Any) -> "Related":
        """Return the pages that have something of how another of them opens."""
        leads = [((self._found[pk].lead,),)] if pk in self._found else []
        return Related(leads, self.queryset, self.postings, self._total)

    def nearness(self, pk: Any) -> Nearness:
        """Return how near an object is; not at all if it was not weighed."""
        return self._found[pk].near if pk in self._found else Nearness()

    @cached_property
    def best(self) -> float:
        """The rank of the nearest object."""
        return max((one.near.rank for one in self._found.values()), default=0.0)

    def near(self, beside: float) -> list[Any]:
        """Return the keys of the objects near enough, the nearest first.

        Args:
            beside: the part of the best one's rank that is near enough.
        """
        least = beside * self.best
        return self._ranked(lambda near: near.rank >= least)

    @cached_property
    def whole(self) -> list[Any]:
        """The keys of the objects that have all of it, though not in one piece, the nearest first."""
        return self._ranked(lambda near: near.characters >= WHOLE)

    def covering(self, least: float) -> list[Any]:
        """Return the keys of the objects that have at least a part of its weight, the nearest first."""
        return self._ranked(lambda near: near.weight >= least)

    def _ranked(self, fits: Callable[[Nearness], bool]) -> list[Any]:
        found = self._found
        pks = [pk for pk, one in found.items() if fits(one.near)]
        pks.sort(key=lambda pk: (found[pk].near.rank, found[pk].alike, pk), reverse=True)
        return pks[:HITS]

    @cached_property
    def _found(self) -> dict[Any, Weighed]:
        scores = self.scores()
        rows = self.queryset.filter(pk__in=list(scores)).order_by()
        rows = rows.annotate(opening=Left("search_entry__text", OPENING))
        asked = {character for word in self.words for character in word}
        found = {}
        for pk, title, opening in rows.values_list("pk", "title", "opening"):
            lead = f"{title} {opening or ''}"
            near = self._led(scores[str(pk)], fold(lead))
            found[pk] = Weighed(near, len(asked & set(fold(title))), lead)
        return found

    def _led(self, near: Nearness, lead: str) -> Nearness:
        """Return how near it is, counting what its title and the opening of its text have."""
        held = {word for word in self._weights if word in lead}
        led = max(part_covered(*wanted, held, self._weights) for wanted in self._wanted)
        rank = (1 - LEAD) * near.rank + LEAD * (near.weight + led) / 2
        return replace(near, rank=rank)

    @cached_property
    def words(self) -> list[str]:
        """The words that are looked up, those that were typed first."""
        parts = [part for reading in self.readings for part in reading]
        typed = [word for part in parts for word in part.ways[0].words]
        meant = [word for part in parts for way in part.ways[1:] for word in way.words]
        return list(dict.fromkeys([*typed, *meant]))[:WORDS]

    @cached_property
    def _counts(self) -> Counted:
        return self._counted(self.words)

    @cached_property
    def _single(self) -> Counted:
        """The rare characters that are looked up alone, since no entry holds a pair of the question with them."""
        held = {word for word, count in self._counts.items() if count}
        ways = [part.ways[0] for reading in self.readings for part in reading]
        single = dict.fromkeys(one for way in ways for one in way.loosen(held))
        counts = self._counted([one for one in single if one not in self._counts][:WORDS])
        most = min(RARE * self._total, COMMON - 1)
        return {one: count for one, count in counts.items() if 0 < count <= most}

    @cached_property
    def _total(self) -> int:
        if self._given is None:
            return max(self.postings.total(), 1) if self.words else 1
        return self._given

    def _counted(self, words: Sequence[str]) -> Counted:
        return self.postings.count(words, COMMON) if words else {}

    @cached_property
    def _held(self) -> dict[str, tuple[set[str], set[str]]]:
        """What the candidates hold: words anywhere, and words in the title."""
        counts = {**self._counts, **self._single}
        held = sorted((word for word, count in counts.items() if count), key=lambda w: counts[w])
        rows: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        if held:
            among = chosen(held, counts)
            for key, word, in_title, _in_body in self.postings.holding(held, among):
                anywhere, titled = rows[key]
                anywhere.add(word)
                if in_title:
                    titled.add(word)
        return rows

    def scores(self) -> dict[str, Nearness]:
        """Return how near the objects are that are near enough, by their keys as text."""
        scores: dict[str, Nearness] = {}
        for at, (reading, wanted) in enumerate(zip(self.readings, self._wanted, strict=True)):
            length = sum(part.length for part in reading)
            for key, (anywhere, titled) in self._held.items():
                covered = part_covered(*wanted, anywhere, self._weights)
                if covered >= ENOUGH:
                    title = part_covered(*wanted, titled, self._weights)
                    characters = sum(part.characters(anywhere) for part in reading) / length
                    typed = 0.0 if at else covered
                    near = Nearness(covered, (covered + title) / 2, characters, typed)
                    scores[key] = near.best(scores.get(key, Nearness()))
        return scores

    @cached_property
    def _wanted(self) -> list[Wanted]:
        """The parts of each reading with what they weigh, and their sum."""
        known = {word for word, count in self._counts.items() if count}
        found: list[Wanted] = []
        for reading in self.readings:
            parts = [(part, part.weight(self._weights, known)) for part in reading]
            found.append((parts, sum(weight for _, weight in parts)))
        return found

    @cached_property
    def _weights(self) -> Weights:
        total = self._total
        return {
            word: (math.log(1 + total / count) if count else UNKNOWN * math.log(1 + total))
            * (LIGHT if JOINING.intersection(word) else 1)
            for word, count in {**self._counts, **self._single}.items()
        }


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
