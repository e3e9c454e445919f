"""The organisations as a tree, flattened into lines that a template nests again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any


@dataclass
class Branch:
    """One organisation in the tree.

    Args:
        depth: how many of the shown ones stand above it.
        below: how many of the shown ones stand below it, at any depth.
        closes: how many levels end behind it.
    """

    organization: Any
    depth: int
    below: int = 0
    closes: range = field(default_factory=lambda: range(0))


def branches(organizations: Iterable[Any]) -> list[Branch]:
    """Return the organisations with each superior before those below it.

    One whose superior is not among them stands at the top.
    """
    found = list(organizations)
    known = {organization.pk for organization in found}
    children: dict[Any, list[Any]] = defaultdict(list)
    for organization in found:
        parent = organization.parent_id
        children[parent if parent in known else None].append(organization)
    lines = list(_grow(children, None, 0))
    for line, following in zip_longest(lines, lines[1:]):
        line.closes = range(max(line.depth - (following.depth if following else 0), 0))
    return lines


def _grow(children: dict[Any, list[Any]], parent: Any, depth: int) -> Iterator[Branch]:
    for organization in children[parent]:
        branch = Branch(organization, depth)
        inner = list(_grow(children, organization.pk, depth + 1))
        branch.below = len(inner)
        yield branch
        yield from inner
