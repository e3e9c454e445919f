"""What has some of the words, when nothing has all: ranked by the words covered, rare ones counting more.

The engines say which entries hold which word; how much that is worth is decided here, alike on every database.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet

from search.folding import fold
from search.terms import every as joined
from search.terms import pairs_of, plain_terms

#: The key of an object as text, a word that it holds, and whether in the title and in the text.
Held = tuple[str, str, bool, bool]
Counted = dict[str, int]

#: A word that more entries hold than this is common, however many they are.
COMMON = 2_000
#: Entries that are weighed, at most.
CANDIDATES = 1_500
#: Words of a question that are looked up, at most.
WORDS = 24
#: What a word in the title counts beside one in the text.
TITLE = 1.5
#: The part of a question's weight that must be covered.
ENOUGH = 0.3
#: Hits at most, and none below this part of the best one's weight.
HITS = 60
BESIDE_BEST = 0.6


class Postings(Protocol):
    """What an engine knows of single words."""

    def total(self) -> int: ...

    def count(self, words: Sequence[str], limit: int) -> Counted: ...

    def holding(self, words: Sequence[str], among: Sequence[str]) -> Iterable[Held]: ...


class Related:
    """Objects of a queryset, each with a title, that have something of a question."""

    def __init__(self, query: str, queryset: QuerySet, postings: Postings) -> None:
        self.words = pairs_of(joined(plain_terms(query)))[:WORDS]
        self.queryset = queryset
        self.postings = postings

    @cached_property
    def pks(self) -> list[Any]:
        """The keys of the objects, the nearest first."""
        scores = self.scores()
        if not scores:
            return []
        rows = self.queryset.filter(pk__in=list(scores)).order_by().values_list("pk", "title")
        asked = set("".join(self.words))
        # Among equals the one whose title has more of the question's characters: 社区冶理, 社区治理.
        near = {pk: (scores[str(pk)], len(asked & set(fold(title)))) for pk, title in rows}
        least = BESIDE_BEST * max((score for score, _ in near.values()), default=0)
        best = sorted(near, key=lambda pk: (*near[pk], pk), reverse=True)
        return [pk for pk in best if near[pk][0] >= least][:HITS]

    def scores(self) -> dict[str, float]:
        """Return how near the objects are that are near enough, by their keys as text."""
        if not self.words:
            return {}
        counts = self.postings.count(self.words, COMMON)
        held = sorted((word for word in self.words if counts[word]), key=lambda w: counts[w])
        if not held:
            return {}
        weights = self._weights(counts)
        scores: dict[str, float] = defaultdict(float)
        for key, word, in_title, in_body in self.postings.holding(held, chosen(held, counts)):
            scores[key] += weights[word] * (TITLE * in_title + in_body)
        whole = sum(weights.values())
        return {key: score / whole for key, score in scores.items() if score >= ENOUGH * whole}

    def _weights(self, counts: Counted) -> dict[str, float]:
        total = max(self.postings.total(), 1)
        return {word: math.log(1 + total / (counts[word] or 1)) for word in self.words}


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
