"""Krippendorff's alpha: published values, its ends, and an interval that repeats."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.evaluation.arithmetic.agreement import agreement_of

#: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D: 4 observers, 12 units.
PUBLISHED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def points(table: tuple[tuple[int | None, ...], ...]) -> list[tuple[str, Fraction]]:
    return [
        (str(at), Fraction(value))
        for row in table
        for at, value in enumerate(row)
        if value is not None
    ]


def test_the_published_example_has_the_published_value() -> None:
    found = agreement_of(points(PUBLISHED), "seed")
    assert found is not None
    assert found.alpha == pytest.approx(0.849, abs=0.0005)
    assert found.lowest < found.alpha < found.highest <= 1


def test_full_agreement_is_one_and_opposite_judges_lie_below_nought() -> None:
    same = agreement_of(points(((80, 90, 70), (80, 90, 70))), "seed")
    opposite = agreement_of(points(((70, 90), (90, 70))), "seed")
    assert same is not None
    assert opposite is not None
    assert (same.alpha, same.lowest, same.highest) == (1, 1, 1)
    assert opposite.alpha < 0


@pytest.mark.parametrize("table", [(), ((80, 90),), ((80, 80), (80, 80))])
def test_where_nothing_can_be_compared_nothing_is_told(table: tuple[tuple[int, ...], ...]) -> None:
    assert agreement_of(points(table), "seed") is None


@given(
    rows=st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=4), min_size=2, max_size=6),
    move=st.integers(-5, 5),
    times=st.integers(1, 3),
)
def test_it_depends_neither_on_the_order_nor_on_the_scale(
    rows: list[list[int]], move: int, times: int
) -> None:
    given_points = [(str(at), Fraction(one)) for at, row in enumerate(rows) for one in row]
    moved = [(project, value * times + move) for project, value in reversed(given_points)]
    assert agreement_of(given_points, "seed") == agreement_of(moved, "seed")
