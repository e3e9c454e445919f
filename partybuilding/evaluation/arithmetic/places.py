"""Where a project stands, without a rank or another's points: its quarter, what it lost, the next grade.

A quarter of two projects, or the last of a grade that one project holds, would give others away: below
the numbers here nothing is told.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from partybuilding.evaluation.arithmetic.methods import mean

#: From so many projects on a field is told in quarters.
QUARTERS_FROM = 8
#: From so many projects of a grade on it is told how far its last one is.
HOLDERS_FROM = 3
#: Distances are told in steps of so many points, rounded up, so that nobody's points can be taken from them.
STEP = Fraction(1, 2)


def quarter_of(value: Fraction, field: Sequence[Fraction]) -> int | None:
    """Return the quarter of a field in which a value lies, 0 the best; None in a small field.

    Equal values lie in the same quarter, the better one of those they reach over.
    """
    if len(field) < QUARTERS_FROM:
        return None
    better = sum(other > value for other in field)
    return better * 4 // len(field)


def best_quarter(field: Sequence[Fraction]) -> Fraction | None:
    """Return the mean of the best quarter of a field, in points; None in a small field."""
    if len(field) < QUARTERS_FROM:
        return None
    return mean(sorted(field, reverse=True)[: -(-len(field) // 4)])


def most_lost(
    own: Mapping[str, Fraction],
    fields: Mapping[str, Sequence[Fraction]],
    weights: Mapping[str, int],
) -> str:
    """Return the part in which most weighed points are missing to the best quarter; "" where none are.

    Args:
        own: the project's points by part, as they were weighed.
        fields: all projects' points by part.
    """
    lost = {
        part: (best - value) * weights[part]
        for part, value in own.items()
        if (best := best_quarter(fields[part])) is not None
    }
    if not lost or max(lost.values()) <= 0:
        return ""
    return max(lost, key=lambda part: lost[part])


def distance(own: Fraction, holders: Sequence[Fraction]) -> Fraction | None:
    """Return how many points are missing to the last of a better grade, rounded up to half points.

    None where too few hold the grade, or nothing is missing.
    """
    if len(holders) < HOLDERS_FROM or own > min(holders):
        return None
    steps = -(-(min(holders) - own) // STEP)
    return max(steps, 1) * STEP
