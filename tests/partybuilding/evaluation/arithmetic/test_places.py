"""Quarters, losses and distances: what can be said of a place without giving anybody else's points away."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.evaluation.arithmetic.places import (
    HOLDERS_FROM,
    QUARTERS_FROM,
    best_quarter,
    distance,
    most_lost,
    quarter_of,
)

EIGHT = [Fraction(points) for points in (95, 90, 88, 86, 84, 82, 80, 70)]
points = st.fractions(min_value=0, max_value=100)


@pytest.mark.parametrize(
    ("value", "quarter"), [(95, 0), (90, 0), (88, 1), (86, 1), (84, 2), (82, 2), (80, 3), (70, 3)]
)
def test_eight_projects_lie_in_quarters_of_two(value: int, quarter: int) -> None:
    assert quarter_of(Fraction(value), EIGHT) == quarter


def test_a_small_field_tells_no_quarter() -> None:
    field = EIGHT[: QUARTERS_FROM - 1]
    assert quarter_of(field[0], field) is None
    assert best_quarter(field) is None
    assert most_lost({"expert": field[-1]}, {"expert": field}, {"expert": 50}) == ""


@given(st.lists(points, min_size=QUARTERS_FROM, max_size=70))
def test_a_better_value_never_lies_in_a_worse_quarter(field: list[Fraction]) -> None:
    quarters = [quarter_of(value, field) for value in sorted(field, reverse=True)]
    assert quarters[0] == 0
    assert quarters == sorted(quarters)
    assert set(quarters) <= {0, 1, 2, 3}


def test_equal_values_lie_in_the_better_of_their_quarters() -> None:
    assert quarter_of(Fraction(80), [Fraction(80)] * 12) == 0


def test_the_best_quarter_is_the_mean_of_its_projects() -> None:
    assert best_quarter(EIGHT) == Fraction(185, 2)
    assert best_quarter([*EIGHT, Fraction(60)]) == Fraction(91)


def test_most_is_lost_where_weight_and_distance_together_are_largest() -> None:
    fields = {"expert": EIGHT, "daily": EIGHT}
    own = {"expert": Fraction(90), "daily": Fraction(80)}
    assert most_lost(own, fields, {"expert": 50, "daily": 20}) == "daily"
    assert most_lost(own, fields, {"expert": 50, "daily": 5}) == "expert"


def test_the_best_lost_nothing() -> None:
    assert most_lost({"expert": Fraction(95)}, {"expert": EIGHT}, {"expert": 50}) == ""


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (Fraction(85), Fraction(1, 2)),
        (Fraction(8499, 100), Fraction(1, 2)),
        (Fraction(845, 10), Fraction(1, 2)),
        (Fraction(8449, 100), Fraction(1)),
        (Fraction(80), Fraction(5)),
    ],
)
def test_a_distance_is_told_in_half_points_rounded_up(own: Fraction, told: Fraction) -> None:
    assert distance(own, [Fraction(90), Fraction(88), Fraction(85)]) == told


def test_the_last_of_few_is_not_told() -> None:
    holders = [Fraction(90), Fraction(88), Fraction(85)]
    assert distance(Fraction(80), holders[: HOLDERS_FROM - 1]) is None


def test_who_is_above_the_last_one_has_no_distance() -> None:
    assert distance(Fraction(86), [Fraction(90), Fraction(88), Fraction(85)]) is None


@given(points, st.lists(points, min_size=HOLDERS_FROM, max_size=20))
def test_a_distance_never_tells_points_closer_than_half_a_point(
    own: Fraction, holders: list[Fraction]
) -> None:
    told = distance(own, holders)
    missing = min(holders) - own
    if missing < 0:
        assert told is None
    else:
        assert told is not None
        assert told % Fraction(1, 2) == 0
        assert missing <= told <= max(missing + Fraction(1, 2), Fraction(1, 2))
