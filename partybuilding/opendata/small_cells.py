"""Counts of people that are too small to be told: below five nobody learns how many. Pure.

What was counted stands in parts that add up to a whole. A part of one to four is left out; if it were the only one,
the whole less the others would tell it, so the smallest of the others is left out with it, be it nought.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

#: The fewest that are told.
FEWEST = 5
T = TypeVar("T")


def told(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the parts that may be told; None for what may not."""
    hidden = {name for name, count in parts.items() if 0 < count < FEWEST}
    if len(hidden) == 1 and len(parts) > 1:
        hidden.add(min((name for name in parts if name not in hidden), key=parts.__getitem__))
    return {name: None if name in hidden else count for name, count in parts.items()}


def gathered(groups: Iterable[T], count: Callable[[T], int]) -> list[list[T]]:
    """Put neighbours together until every group counts at least five; what is left joins the last.

    Fewer than five in all are no group.
    """
    found: list[list[T]] = []
    waiting: list[T] = []
    for group in groups:
        waiting.append(group)
        if sum(map(count, waiting)) >= FEWEST:
            found.append(waiting)
            waiting = []
    if found:
        found[-1] += waiting
    return found
