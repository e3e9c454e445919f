"""Similar cases: by topic, field, unit and words; the arithmetic alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.cases.similar import Traits, points_of, share_of_words

ONE = Traits("邻里议事厅破解小区难题", "urban", "基层治理", 7)
words = st.text("邻里议事厅破解小区难题红色驿站", max_size=12)
traits = st.builds(
    Traits,
    words,
    st.sampled_from(["", "urban", "rural"]),
    st.sampled_from(["", "基层治理", "联建共享"]),
    st.sampled_from([None, 1, 2]),
)


@pytest.mark.parametrize(
    ("other", "points"),
    [
        (Traits("", "urban", "", None), 2),
        (Traits("", "", "", 7), 1),
        (Traits("", "rural", "联建共享", 8), 0),
        (Traits("", "", "", None), 0),
    ],
)
def test_each_likeness_has_its_points(other: Traits, points: int) -> None:
    assert points_of(ONE, other) == points


def test_the_same_topic_weighs_more_than_the_same_field() -> None:
    blank = Traits("", "", "", None)
    topic, field = blank._replace(topic="基层治理"), blank._replace(sector="urban")
    assert points_of(ONE, topic) > points_of(ONE, field)


def test_nothing_in_common_is_no_likeness_even_where_both_say_nothing() -> None:
    blank = Traits("", "", "", None)
    assert points_of(blank, blank) == 0


@given(traits, traits)
def test_likeness_is_mutual_and_never_more_than_to_itself(one: Traits, other: Traits) -> None:
    assert points_of(one, other) == points_of(other, one) >= 0
    assert 0 <= share_of_words(one, other) <= 1
    assert points_of(one, other) <= 9
