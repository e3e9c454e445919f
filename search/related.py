"""What has some of the words, when nothing has all: ranked by the words covered, rare ones counting more.

The engines say which entries hold which word; how much that is worth is decided here, alike on every database.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet

from search.folding import fold
from search.synonyms import Reading
from search.terms import every as joined
from search.terms import pairs_of, plain_terms
from search.tokens import RUN, is_han

#: The key of an object as text, a word that it holds, and whether in the title and in the text.
Held = tuple[str, str, bool, bool]
Counted = dict[str, int]
Weights = dict[str, float]

#: A word that more entries hold than this is common, however many they are.
COMMON = 2_000
#: Of more entries than this a word of theirs weighs no more.
MANY = 20_000
#: Entries that are weighed, at most.
CANDIDATES = 1_500
#: Words of a question that are looked up, at most, with all that may be said for them.
WORDS = 48
#: What a word counts where something else was typed.
MEANT = 0.85
#: What a word that no entry holds counts: most of them only straddle two words of the question.
UNKNOWN = 0.25
#: Characters that only join or ask; a word with one of them counts less: it mostly straddles two words.
JOINING = frozenset("的了是在有不要来去没和就也都还把被给从到谁会能这那哪呢吗吧啊着过又很太个们么")
LIGHT = 0.3
#: In how large a part of all entries a single character may stand to mean something alone: 税 does, 大 does not.
RARE = 0.1
#: The part of a question's weight that must be covered.
ENOUGH = 0.25
#: The part of a question's characters that must be covered for a page to answer it whole.
WHOLE = 0.9
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
        rank: the mean of that and of what its title alone covers.
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


class Related:
    """Objects of a queryset, each with a title, that have something of a question.

    Args:
        readings: the question, read in several ways; an object is as near as to the nearest of them.
    """

    def __init__(self, readings: Sequence[Reading], queryset: QuerySet, postings: Postings) -> None:
        self.readings = [[Part(said) for said in reading] for reading in readings]
        self.queryset = queryset
        self.postings = postings

    def nearness(self, pk: Any) -> Nearness:
        """Return how near an object is; not at all if it was not weighed."""
        return self._found[pk][0] if pk in self._found else Nearness()

    @cached_property
    def best(self) -> float:
        """The rank of the nearest object."""
        return max((near.rank for near, _ in self._found.values()), default=0.0)

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
        pks = [pk for pk, (near, _) in found.items() if fits(near)]
        pks.sort(key=lambda pk: (found[pk][0].rank, found[pk][1], pk), reverse=True)
        return pks[:HITS]

    @cached_property
    def _found(self) -> dict[Any, tuple[Nearness, int]]:
        """How near the objects are; among equals the one whose title has more of the characters."""
        scores = self.scores()
        rows = self.queryset.filter(pk__in=list(scores)).order_by().values_list("pk", "title")
        asked = {character for word in self.words for character in word}
        return {pk: (scores[str(pk)], len(asked & set(fold(title)))) for pk, title in rows}

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
        return max(self.postings.total(), 1) if self.words else 1

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
        weights = self._weights()
        known = {word for word, count in self._counts.items() if count}
        scores: dict[str, Nearness] = {}
        for at, reading in enumerate(self.readings):
            wanted = [(part, part.weight(weights, known)) for part in reading]
            whole = sum(weight for _, weight in wanted)
            length = sum(part.length for part in reading)
            for key, (anywhere, titled) in self._held.items():
                covered = _part_covered(wanted, anywhere, weights, whole)
                if covered >= ENOUGH:
                    title = _part_covered(wanted, titled, weights, whole)
                    characters = sum(part.characters(anywhere) for part in reading) / length
                    typed = 0.0 if at else covered
                    near = Nearness(covered, (covered + title) / 2, characters, typed)
                    scores[key] = near.best(scores.get(key, Nearness()))
        return scores

    def _weights(self) -> Weights:
        total = self._total
        return {
            word: (math.log(1 + total / count) if count else UNKNOWN * math.log(1 + total))
            * (LIGHT if JOINING.intersection(word) else 1)
            for word, count in {**self._counts, **self._single}.items()
        }


def _part_covered(
    wanted: Sequence[tuple["Part", float]], held: set[str], weights: Weights, whole: float
) -> float:
    """Return the part of a reading's weight that is held."""
    if not whole:
        return 0.0
    return sum(weight * part.covered(held, weights) for part, weight in wanted) / whole


class Part:
    """A part of a question, with what else may be said for it.

    Args:
        said: what was typed first.
    """

    def __init__(self, said: Sequence[str]) -> None:
        self.ways = [Way(text) for text in said]
        self.length = max(self.ways[0].length, 1)

    def weight(self, weights: Weights, known: set[str]) -> float:
        """Return what it weighs: as typed, or as the heaviest of its ways where nothing holds that."""
        ways = self.ways[:1] if known.intersection(self.ways[0].words) else self.ways
        return max(way.weight(weights) for way in ways)

    def covered(self, held: set[str], weights: Weights) -> float:
        """Return the part of its weight that is held, in the best of its ways."""
        return max(
            way.covered(held, weights) * (MEANT if at else 1) for at, way in enumerate(self.ways)
        )

    def characters(self, held: set[str]) -> float:
        """Return how many of its characters, as typed, are held in the best of its ways."""
        return self.length * max(way.characters(held) for way in self.ways)


class Way:
    """Words that are said for a part of a question, and the characters that they cover."""

    def __init__(self, text: str) -> None:
        self.words = pairs_of(joined(plain_terms(text)))
        self.runs = [run[0] for run in RUN.finditer(fold(text))]
        self.length = sum(map(len, self.runs))

    def loosen(self, held: set[str]) -> list[str]:
        """Take the characters that stand in no held pair as words of their own, and return them."""
        single = [
            one
            for run in self.runs
            if is_han(run[0]) and len(run) > 1
            for at, one in enumerate(run)
            if at not in _places(run, held) and one not in JOINING
        ]
        self.words = tuple(dict.fromkeys([*self.words, *single]))
        return single

    def weight(self, weights: Weights) -> float:
        """Return what its words weigh together; those not looked up weigh nothing."""
        return sum(weights.get(word, 0) for word in self.words)

    def covered(self, held: set[str], weights: Weights) -> float:
        """Return the part of its weight that is held."""
        whole = self.weight(weights)
        return sum(weights[word] for word in self.words if word in held) / whole if whole else 0.0

    def characters(self, held: set[str]) -> float:
        """Return the part of its characters that stand in words which are held."""
        return sum(_covered(run, held) for run in self.runs) / self.length if self.length else 0.0


def _covered(run: str, held: set[str]) -> int:
    """Return how many characters of a run of Han stand in a held pair; other words whole or not."""
    if run in held:
        return len(run)
    return len(_places(run, held))


def _places(run: str, held: set[str]) -> set[int]:
    """Return the places of a run of Han that stand in a held pair."""
    pairs = (at for at in range(len(run) - 1) if run[at : at + 2] in held)
    return {place for at in pairs for place in (at, at + 1)}


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
