"""Who scores beyond the own group: links that make judges comparable, and circles of peers; by lot."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from partybuilding.evaluation.arithmetic.dividing import TRIES, Forbidden
from partybuilding.evaluation.arithmetic.lots import Lots
from partybuilding.evaluation.arithmetic.severity import linked_parts


@dataclass(frozen=True)
class Links:
    """The sheets that judges fill in for other groups, from file and pictures."""

    pairs: tuple[tuple[str, str], ...]
    is_firm: bool


def link(
    judges: Mapping[str, Sequence[str]],
    group_of: Mapping[str, str],
    cross: int,
    forbidden: Forbidden,
    lots: Lots,
) -> Links:
    """Give every judge projects of other groups, each project as many more sheets as another within one.

    Args:
        judges: by group, its judges.
        group_of: by project, the group that visits it.
        cross: how many projects each judge scores in other groups.
        forbidden: pairs of judge and project that may not meet.

    Returns:
        The pairs of judge and project; `is_firm` where all judges hang together whoever of them is
        left out.
    """
    own = {judge: group for group, members in judges.items() for judge in members}
    best: Links | None = None
    for _ in range(TRIES):
        pairs = _linked(own, group_of, cross, forbidden, lots)
        found = Links(tuple(sorted(pairs)), hangs_together(judges, group_of, pairs))
        if best is None or len(found.pairs) > len(best.pairs) or found.is_firm > best.is_firm:
            best = found
        if best.is_firm and len(best.pairs) == cross * len(own):
            break
    assert best is not None
    return best


def _linked(
    own: Mapping[str, str],
    group_of: Mapping[str, str],
    cross: int,
    forbidden: Forbidden,
    lots: Lots,
) -> list[tuple[str, str]]:
    extra: Counter[str] = Counter()
    between: Counter[tuple[str, str]] = Counter()
    pairs: list[tuple[str, str]] = []
    for _ in range(cross):
        for judge in lots.shuffled(sorted(own)):
            taken = {project for one, project in pairs if one == judge}
            able = [
                project
                for project in lots.shuffled(sorted(group_of))
                if group_of[project] != own[judge]
                and project not in taken
                and (judge, project) not in forbidden
            ]
            if not able:
                continue
            price = {one: (extra[one], between[own[judge], group_of[one]]) for one in able}
            project = min(able, key=lambda one: price[one])
            pairs.append((judge, project))
            extra[project] += 1
            between[own[judge], group_of[project]] += 1
    return pairs


def hangs_together(
    judges: Mapping[str, Sequence[str]],
    group_of: Mapping[str, str],
    pairs: Collection[tuple[str, str]],
) -> bool:
    """Tell whether all judges hang together, and still do when any one of them is left out."""
    own = [
        (judge, project) for project, group in group_of.items() for judge in judges.get(group, ())
    ]
    sheets = [*own, *pairs]
    everybody = sorted({judge for judge, _ in sheets})
    if len(linked_parts(sheets)) > 1:
        return False
    return all(
        len(linked_parts(pair for pair in sheets if pair[0] != gone)) <= 1 for gone in everybody
    )


@dataclass(frozen=True)
class Circle:
    """Who reviews whom: by reviewer, the projects of the next places of the circle."""

    reviews: Mapping[str, tuple[str, ...]]
    is_apart: bool


def circle(things: Sequence[str], k: int, close: Callable[[str, str], bool], lots: Lots) -> Circle:
    """Set projects in a circle by lot; who carries one out reviews the next k.

    Args:
        things: more than k.
        close: tells of two projects that one may not review the other: same or joint organisations.

    Returns:
        The circle; `is_apart` when no two close ones stand within k places.
    """
    if len(things) <= k:
        raise ValueError("A circle needs more projects than each reviews.")
    best: tuple[int, list[str]] | None = None
    for _ in range(TRIES):
        order = lots.shuffled(sorted(things))
        price = _near(order, k, close)
        if price:
            price = _parted(order, k, close, price)
        if best is None or price < best[0]:
            best = (price, list(order))
        if not price:
            break
    assert best is not None
    order, size = best[1], len(things)
    reviews = {
        one: tuple(order[(at + step) % size] for step in range(1, k + 1))
        for at, one in enumerate(order)
    }
    return Circle(reviews, not best[0])


def _near(order: Sequence[str], k: int, close: Callable[[str, str], bool]) -> int:
    size = len(order)
    return sum(
        close(order[at], order[(at + step) % size])
        for at in range(size)
        for step in range(1, k + 1)
    )


def _parted(order: list[str], k: int, close: Callable[[str, str], bool], price: int) -> int:
    """Exchange places while that parts close ones; returns how many still stand too near."""
    better = True
    while price and better:
        better = False
        for a, b in combinations(range(len(order)), 2):
            order[a], order[b] = order[b], order[a]
            now = _near(order, k, close)
            if now < price:
                price, better = now, True
            else:
                order[a], order[b] = order[b], order[a]
    return price


def join_small(
    fields: Mapping[str, Sequence[str]], k: int
) -> list[tuple[tuple[str, ...], list[str]]]:
    """Join fields that are too small for a circle without reciprocal pairs (fewer than 2k + 1).

    Returns:
        The names of the fields of each circle with its projects; the smallest fields are joined first.
    """
    parts: list[tuple[tuple[str, ...], list[str]]] = [
        ((name,), sorted(own)) for name, own in sorted(fields.items()) if own
    ]
    while len(parts) > 1 and min(len(own) for _, own in parts) < 2 * k + 1:
        parts.sort(key=lambda part: (len(part[1]), part[0]))
        (names, own), (more, others), *rest = parts
        parts = [*rest, (tuple(sorted(names + more)), sorted([*own, *others]))]
    return sorted(parts)


def sheets_by_judge(pairs: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the projects of every judge."""
    found: dict[str, list[str]] = defaultdict(list)
    for judge, project in sorted(pairs):
        found[judge].append(project)
    return dict(found)
