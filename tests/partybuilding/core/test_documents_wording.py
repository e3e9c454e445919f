"""How values read on paper."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.core.papers.data import (
    BLANK_DATE,
    chinese_date,
    clean,
    local_date,
    ordinal,
    paragraphs,
    single_line,
    stacked,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九")],
)
def test_ordinals_are_chinese(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("联系人", "联系人"),
        ("破解的问题", "破解的问题"),
        ("联合申报单位", "联合申报\n单位"),
        ("组织部立项意见", "组织部\n立项意见"),
        ("归口单位初审意见", "归口单位\n初审意见"),
        ("村（社区）经办人职务", "村（社区）经办人职务"),  # breaks by itself
    ],
)
def test_a_long_label_parts_at_a_word(label: str, lines: str) -> None:
    assert stacked(label) == lines


def test_a_date_that_is_not_known_leaves_blanks_to_fill_in() -> None:
    assert chinese_date(date(2022, 3, 5)) == "2022年3月5日"
    assert chinese_date(None) == BLANK_DATE
    assert local_date(None) is None


def test_a_moment_without_a_time_zone_is_local() -> None:
    assert local_date(datetime(2022, 3, 5, 23, 59)) == date(2022, 3, 5)  # noqa: DTZ001


def test_a_text_parts_at_every_kind_of_line_end() -> None:
    assert paragraphs("　　甲\r\n\r\n 乙\r丙\u2028丁\x85戊\v己\n") == tuple("甲乙丙丁戊己")
    assert single_line("甲\r\n乙\t丙") == "甲 乙 丙"


@given(st.text(st.characters(codec="utf-16"), max_size=50))
def test_clean_text_fits_xml_and_cleaning_again_changes_nothing(text: str) -> None:
    result = clean(text)
    assert clean(result) == result
    assert all(character >= " " or character == "\n" for character in result)
    assert "\uffff" not in result
