"""A question in parts, each with what else may be said for it, and how much of them is held."""

from collections.abc import Sequence

from search.folding import fold
from search.terms import every as joined
from search.terms import pairs_of, plain_terms
from search.tokens import RUN, is_han

Weights = dict[str, float]

#: What a word counts where something else was typed.
MEANT = 0.85
#: Characters that only join or ask; a word with one of them counts less: it mostly straddles two words.
JOINING = frozenset("的了是在有不要来去没和就也都还把被给从到谁会能这那哪呢吗吧啊着过又很太个们么")
#: The parts of a reading with what each weighs, and what they weigh together.
Wanted = tuple[Sequence[tuple["Part", float]], float]


def part_covered(
    parts: Sequence[tuple["Part", float]], whole: float, held: set[str], weights: Weights
) -> float:
    """Return the part of a reading's weight that is held."""
    if not whole:
        return 0.0
    return sum(weight * part.covered(held, weights) for part, weight in parts) / whole


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
        """Return the part of its weight that is held: of what was typed any part, of another word the whole."""
        return max(self.ways[0].covered(held, weights), MEANT if self._is_said(held) else 0.0)

    def characters(self, held: set[str]) -> float:
        """Return how many of its characters, as typed, are held; all of them where another word is held."""
        share = 1.0 if self._is_said(held) else self.ways[0].characters(held)
        return self.length * share

    def _is_said(self, held: set[str]) -> bool:
        """Tell whether another word for it is held as a whole."""
        return any(way.words and held.issuperset(way.words) for way in self.ways[1:])


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
