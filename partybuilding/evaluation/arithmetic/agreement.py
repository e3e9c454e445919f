"""How far judges agree: Krippendorff's alpha of points on one scale, with an interval.

Source: K. Krippendorff, Content Analysis, chapter on reliability (interval metric). 1 is agreement in every
point, 0 what lots would give, below it they disagree more than lots.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

#: How often the projects are drawn anew for the interval, and how much of it both ends leave out.
DRAWS, LEFT_OUT = 1000, 40


@dataclass(frozen=True)
class Agreement:
    """alpha with the interval in which it lies for 95 of 100 such sets of projects."""

    alpha: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class _Project:
    """What the judges of one project say: how many, sum, sum of squares, and how far they lie apart."""

    count: int
    total: Fraction
    squares: Fraction
    apart: Fraction


def agreement_of(points: Iterable[tuple[str, Fraction]], seed: str) -> Agreement | None:
    """Return how far the judges agree; None where no project has two, or all points are the same.

    Args:
        points: project and points of every sheet.
        seed: from which the projects of the interval are drawn, so that it reads the same each time.
    """
    by_project: dict[str, list[Fraction]] = defaultdict(list)
    for project, value in points:
        by_project[project].append(value)
    projects = [_project(by_project[one]) for one in sorted(by_project) if len(by_project[one]) > 1]
    alpha = _alpha(projects)
    if alpha is None:
        return None
    luck = Random(seed)  # noqa: S311 - no secret: whoever repeats it gets the same interval
    drawn = sorted(
        found
        for _ in range(DRAWS)
        if (found := _alpha(luck.choices(projects, k=len(projects)))) is not None
    )
    edge = len(drawn) // LEFT_OUT
    return Agreement(alpha, drawn[edge], drawn[-1 - edge])


def _project(values: Sequence[Fraction]) -> _Project:
    count, total = len(values), sum(values, Fraction(0))
    squares = sum((value * value for value in values), Fraction(0))
    return _Project(count, total, squares, _pairs(count, total, squares) / (count - 1))


def _pairs(count: int, total: Fraction, squares: Fraction) -> Fraction:
    """Return the sum of the squared distances of all ordered pairs."""
    return 2 * (count * squares - total * total)


def _alpha(projects: Sequence[_Project]) -> float | None:
    count = sum(one.count for one in projects)
    total = sum((one.total for one in projects), Fraction(0))
    expected = _pairs(count, total, sum((one.squares for one in projects), Fraction(0)))
    if not expected:
        return None
    observed = sum((one.apart for one in projects), Fraction(0))
    return float(1 - (count - 1) * observed / expected)
