"""No number below five is told, and none that is left out can be reckoned from what is told."""

from hypothesis import given
from hypothesis import strategies as st

from partybuilding.opendata.small_cells import FEWEST, gathered, told

PARTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=2)


@given(PARTS)
def test_what_is_told_is_nought_or_at_least_five(parts: dict[str, int]) -> None:
    shown = told(parts)
    assert shown.keys() == parts.keys()
    for name, count in shown.items():
        assert count is None or (count == parts[name] and (count == 0 or count >= FEWEST))


@given(PARTS)
def test_one_number_is_never_left_out_alone(parts: dict[str, int]) -> None:
    hidden = [name for name, count in told(parts).items() if count is None]
    assert len(hidden) != 1
    assert bool(hidden) == any(0 < count < FEWEST for count in parts.values())


def test_a_lone_part_hides_itself_alone() -> None:
    assert told({"published": 3}) == {"published": None}
    assert told({"published": 5}) == {"published": 5}


@given(st.lists(st.integers(0, 12)))
def test_neighbours_are_put_together_until_there_are_five(counts: list[int]) -> None:
    groups = gathered(counts, int)
    assert all(sum(group) >= FEWEST for group in groups)
    together = [count for group in groups for count in group]
    assert together == (counts if sum(counts) >= FEWEST else [])
