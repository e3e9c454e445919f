"""Sizes, sheets, words and spines, as printers count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.casebook.press.layout import (
    POINT,
    SIZES,
    form_of,
    sheets,
    spine_width,
    thousand_signs,
    whole_pages,
)

SIZE = st.sampled_from(sorted(SIZES))


@given(SIZE, st.booleans(), st.booleans())
def test_a_line_holds_a_whole_number_of_characters(size: str, press: bool, large: bool) -> None:
    form = form_of(size, press=press, large=large, multiple=4, paper=100)
    across = form.measure / POINT / form.size
    assert abs(across - round(across)) < 0.01
    assert form.measure + form.inner + form.outer == pytest.approx(form.width, abs=0.01)
    assert form.outer >= 18


def test_the_press_gets_the_wider_margin_inside() -> None:
    form = form_of("k16", press=True, large=False, multiple=4, paper=100)
    assert form.inner > form.outer


@given(st.integers(1, 2000), st.sampled_from([4, 16]))
def test_blank_pages_make_whole_sheets(pages: int, multiple: int) -> None:
    whole = whole_pages(pages, multiple)
    assert whole % multiple == 0
    assert 0 <= whole - pages < multiple


def test_a_book_of_320_pages_of_80_gram_paper_is_16_millimetres_thick() -> None:
    assert spine_width(320, 100) == 16
    assert sheets(320) == 20
    assert thousand_signs(320, 1330) == 426
