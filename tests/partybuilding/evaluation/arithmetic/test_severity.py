"""How severe judges are: exact, and only where they hang together."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.evaluation.arithmetic.methods import scored
from partybuilding.evaluation.arithmetic.severity import (
    NotLinked,
    Sheet,
    linked_parts,
    severities,
)

WORKED = [
    # Group one visits A and B, group two C and D; the link is K, who also scores B.
    ("I", "A", "90"),
    ("J", "A", "84"),
    ("I", "B", "80"),
    ("J", "B", "74"),
    ("K", "B", "80"),
    ("K", "C", "88"),
    ("L", "C", "92"),
    ("K", "D", "70"),
    ("L", "D", "74"),
]


def sheets(rows: list[tuple[str, str, str]]) -> list[Sheet]:
    return [Sheet(judge, project, Fraction(points)) for judge, project, points in rows]


def test_the_worked_example_of_the_handbook() -> None:
    """docs/evaluation.md, "A year on one sheet of paper"."""
    found = scored("two_way", sheets(WORKED))
    assert {judge: float(value) for judge, value in found.severity.items()} == {
        "I": 0.5,
        "J": -5.5,
        "K": 0.5,
        "L": 4.5,
    }
    assert {project: float(value) for project, value in found.raw.items()} == {
        "A": 87,
        "B": 78,
        "C": 90,
        "D": 72,
    }
    assert {project: float(value) for project, value in found.scores.items()} == {
        "A": 89.5,
        "B": 79.5,
        "C": 87.5,
        "D": 69.5,
    }


@given(
    quality=st.lists(st.integers(0, 400), min_size=3, max_size=8),
    severe=st.lists(st.integers(-40, 40), min_size=2, max_size=6),
)
def test_what_follows_the_model_is_found_exactly(quality: list[int], severe: list[int]) -> None:
    middle = Fraction(sum(severe), len(severe))
    rows = [
        Sheet(f"j{judge}", f"p{project}", Fraction(points + off, 4))
        for project, points in enumerate(quality)
        for judge, off in enumerate(severe)
    ]
    found = severities(rows)
    assert found == {f"j{at}": (off - middle) / 4 for at, off in enumerate(severe)}
    assert sum(found.values()) == 0


def test_a_cautious_correction_takes_less_from_judges_with_few_sheets() -> None:
    plain, cautious = severities(sheets(WORKED)), severities(sheets(WORKED), robust=True)
    assert cautious["L"] == plain["L"] * Fraction(2, 6)
    assert cautious["K"] == plain["K"] * Fraction(3, 7)


def test_judges_without_a_common_project_cannot_be_compared() -> None:
    rows = sheets([*WORKED[:4], *WORKED[5:]])
    with pytest.raises(NotLinked) as told:
        severities(rows)
    assert told.value.parts == [["I", "J"], ["K", "L"]]
    assert linked_parts((one.judge, one.project) for one in rows) == told.value.parts


def test_nobody_is_severe_where_nobody_scored() -> None:
    assert severities([]) == {}
    assert severities(sheets([("I", "A", "90")])) == {"I": 0}
