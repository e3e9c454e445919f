"""Who scores what: projects into groups, links between groups, circles of peers; by lot and within bounds.

All three follow from what they are given and the seed of the lots, so that a draw can be repeated.
No solver is needed: the hardest to place first, then exchanges while they help (judging.md, section 3).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from partybuilding.evaluation.arithmetic.lots import Lots

Forbidden = Collection[tuple[str, str]]
#: How many orders by lot are tried before a bound is given up.
TRIES = 40


@dataclass(frozen=True)
class Broken:
    """A bound that could not be kept: "conflict" (nobody may score it), "spread" (a trait is heaped in a group)."""

    code: str
    project: str = ""
    group: str = ""
    trait: str = ""


@dataclass(frozen=True)
class Division:
    """Projects by group, and the bounds that break for whom."""

    group_of: Mapping[str, str]
    broken: tuple[Broken, ...] = ()


@dataclass
class _Groups:
    """Groups being filled: sizes within one, every trait spread evenly."""

    names: Sequence[str]
    traits: Mapping[str, Sequence[str]]
    forbidden: Forbidden
    most: int = 0
    members: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        size, total = len(self.names), Counter(t for own in self.traits.values() for t in own)
        self.most = -(-len(self.traits) // size)
        self.members = {name: [] for name in self.names}
        self.counts = {name: Counter() for name in self.names}
        self.bounds = {trait: (n // size, -(-n // size)) for trait, n in total.items()}

    def allows(self, project: str, group: str) -> bool:
        return (project, group) not in self.forbidden

    def put(self, project: str, group: str) -> None:
        self.members[group].append(project)
        self.counts[group].update(self.traits[project])

    def take(self, project: str, group: str) -> None:
        self.members[group].remove(project)
        self.counts[group].subtract(self.traits[project])

    def price(self, group: str) -> int:
        """Count by how much the traits of a group lie outside their bounds."""
        own = self.counts[group]
        return sum(
            max(0, own[trait] - high) + max(0, low - own[trait])
            for trait, (low, high) in self.bounds.items()
        )

    def heaped(self, project: str, group: str) -> int:
        """Count the traits of a project that a group has enough of already."""
        own = self.counts[group]
        return sum(own[trait] >= self.bounds[trait][1] for trait in self.traits[project])


def divide(
    traits: Mapping[str, Sequence[str]],
    groups: Sequence[str],
    forbidden: Forbidden,
    lots: Lots,
    *,
    spread: bool = True,
) -> Division:
    """Divide projects among groups: sizes within one, traits spread within one, conflicts kept apart.

    Args:
        traits: by project, what is to be spread over the groups: its field, its unit.
        forbidden: pairs of project and group that may not meet.
        spread: whether traits are spread; specialist groups leave that out.
    """
    best: tuple[int, _Groups] | None = None
    for _ in range(TRIES):
        filled = _filled(
            {one: own if spread else () for one, own in traits.items()}, groups, forbidden, lots
        )
        price = sum(filled.price(group) for group in groups)
        price += 1000 * (len(traits) - sum(map(len, filled.members.values())))
        if best is None or price < best[0]:
            best = (price, filled)
        if not price:
            break
    assert best is not None
    return _told(best[1])


def _filled(
    traits: Mapping[str, Sequence[str]], names: Sequence[str], forbidden: Forbidden, lots: Lots
) -> _Groups:
    groups = _Groups(names, traits, forbidden)
    order = lots.shuffled(sorted(traits))
    ways = {one: sum(groups.allows(one, name) for name in names) for one in order}
    for project in sorted(order, key=lambda one: ways[one]):
        allowed = [name for name in lots.shuffled(names) if groups.allows(project, name)]
        open_ = [name for name in allowed if len(groups.members[name]) < groups.most]
        if open_:
            heap = {
                name: (groups.heaped(project, name), len(groups.members[name])) for name in open_
            }
            groups.put(project, min(open_, key=lambda name: heap[name]))
        elif allowed:
            _make_room(groups, project, allowed)
    _level(groups)
    _exchange(groups)
    return groups


def _make_room(groups: _Groups, project: str, allowed: Sequence[str]) -> None:
    """Move another project on, so that one finds its place in a group that is full."""
    for name in allowed:
        for other in groups.members[name]:
            for target in groups.names:
                has_room = len(groups.members[target]) < groups.most
                if target != name and has_room and groups.allows(other, target):
                    groups.take(other, name)
                    groups.put(other, target)
                    groups.put(project, name)
                    return


def _level(groups: _Groups) -> None:
    """Move projects from the largest to the smallest groups until sizes differ by one at most."""
    moved = True
    while moved:
        moved = False
        by_size = sorted(groups.names, key=lambda name: (len(groups.members[name]), name))
        small, large = by_size[0], by_size[-1]
        if len(groups.members[large]) - len(groups.members[small]) < 2:
            return
        for project in sorted(groups.members[large]):
            if groups.allows(project, small):
                groups.take(project, large)
                groups.put(project, small)
                moved = True
                break


def _exchange(groups: _Groups) -> None:
    """Exchange projects of two groups while that spreads the traits better."""
    better = True
    while better and any(groups.price(name) for name in groups.names):
        better = any(_one_exchange(groups, a, b) for a, b in combinations(groups.names, 2))


def _one_exchange(groups: _Groups, a: str, b: str) -> bool:
    before = groups.price(a) + groups.price(b)
    if not before:
        return False
    for mine in sorted(groups.members[a]):
        for theirs in sorted(groups.members[b]):
            if not (groups.allows(mine, b) and groups.allows(theirs, a)):
                continue
            _swap(groups, mine, a, theirs, b)
            if groups.price(a) + groups.price(b) < before:
                return True
            _swap(groups, mine, b, theirs, a)
    return False


def _swap(groups: _Groups, mine: str, a: str, theirs: str, b: str) -> None:
    groups.take(mine, a)
    groups.take(theirs, b)
    groups.put(mine, b)
    groups.put(theirs, a)


def _told(groups: _Groups) -> Division:
    group_of = {one: name for name in groups.names for one in groups.members[name]}
    broken = [Broken("conflict", project=one) for one in sorted(set(groups.traits) - set(group_of))]
    for name in groups.names:
        for trait, (_low, high) in sorted(groups.bounds.items()):
            if groups.counts[name][trait] > high:
                broken.append(Broken("spread", group=name, trait=trait))
    return Division(group_of, tuple(broken))
