"""The shapes of charts: pure arithmetic, every number where it belongs."""

import pytest

from partybuilding.column.geometry import (
    GROUND,
    LEFT,
    RIGHT,
    TOP,
    Stair,
    cells_of,
    funnel_of,
    staircase_of,
    told,
)


@pytest.mark.parametrize(
    ("value", "words"), [(3, "3"), (3.04, "3"), (3.25, "3.2"), (0, "0"), (1234.56, "1234.6")]
)
def test_numbers_are_written_as_svg_takes_them(value: float, words: str) -> None:
    assert told(value) == words


def test_the_lower_block_of_a_funnel_is_as_much_narrower_as_fewer_were_chosen() -> None:
    shape = funnel_of(200, 50)
    assert (shape.x, shape.width) == ("150", "100")
    assert shape.slope == "M0 40H400L250 92H150Z"
    whole = funnel_of(7, 7)
    assert (whole.x, whole.width) == ("0", "400")


@pytest.mark.parametrize(("every", "chosen"), [(0, 0), (5, 0), (5, 6)])
def test_a_funnel_of_nothing_or_of_more_than_there_is_is_no_drawing(
    every: int, chosen: int
) -> None:
    with pytest.raises(ValueError, match=f"{chosen} of {every}"):
        funnel_of(every, chosen)


def test_a_staircase_rises_to_its_top_and_shows_what_is_behind() -> None:
    drawn = staircase_of([Stair("5月", 4, 0), Stair("6月", 8, 2), Stair("7月", 16, None)])
    wide = (RIGHT - LEFT) / 3
    half = GROUND - (GROUND - TOP) / 2
    assert drawn.due == (
        f"M36 224V{told(GROUND - 52)}H{told(LEFT + wide)}"
        f"V{told(half)}H{told(LEFT + 2 * wide)}V{told(TOP)}H400"
    )
    assert drawn.done == f"M36 224V172H{told(LEFT + wide)}V146H{told(LEFT + 2 * wide)}"
    assert drawn.area == f"{drawn.done}V224Z"
    (gap,) = drawn.gaps
    assert gap == {
        "x": told(LEFT + wide),
        "y": told(half),
        "width": told(wide),
        "height": told((GROUND - TOP) * 2 / 16),
    }
    assert [line["text"] for line in drawn.lines] == ["0", "4", "8", "12", "16"]
    assert [label["text"] for label in drawn.labels] == ["5月", "6月", "7月"]
    assert [(figure["text"], figure["late"]) for figure in drawn.figures] == [("0", ""), ("2", "1")]


def test_before_the_first_month_is_over_nothing_is_told_as_done() -> None:
    drawn = staircase_of([Stair("5月", 1, None)])
    assert (drawn.done, drawn.area, drawn.gaps, drawn.figures) == ("", "", [], [])
    assert [line["text"] for line in drawn.lines] == ["0", "1"]


def test_many_months_are_named_by_their_number_and_a_long_year_every_second_one() -> None:
    ten = staircase_of([Stair(f"{at}月", at, 0) for at in range(1, 11)])
    assert [label["text"] for label in ten.labels] == [str(at) for at in range(1, 11)]
    long = staircase_of([Stair(f"{at}月", at, 0) for at in range(1, 15)])
    assert len(long.labels) == len(long.figures) == 7


def test_where_nothing_is_due_there_is_no_staircase() -> None:
    for stairs in ([], [Stair("5月", 0, 0)]):
        with pytest.raises(ValueError, match="nothing is due"):
            staircase_of(stairs)


def test_cells_stand_side_by_side_ten_in_a_row() -> None:
    drawn = cells_of(["done", "miss", "done_late"])
    assert [(cell.key, cell.x, cell.y) for cell in drawn.cells] == [
        ("done", 0, 0),
        ("miss", 14, 0),
        ("done_late", 28, 0),
    ]
    assert (drawn.width, drawn.height) == (40, 12)
    more = cells_of(["done"] * 11)
    assert (more.cells[10].x, more.cells[10].y) == (0, 14)
    assert (more.width, more.height) == (138, 26)
