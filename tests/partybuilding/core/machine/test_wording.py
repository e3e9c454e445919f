"""Days and moments in sentences."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from partybuilding.core.machine.wording import day_words, moment_words

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "1月1日"),
        (date(2026, 12, 31), "12月31日"),
        (date(2027, 1, 1), "2027年1月1日"),
        (date(2025, 12, 31), "2025年12月31日"),
    ],
)
def test_a_day_bears_its_year_unless_it_is_this_one(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words


def test_a_moment_is_its_day_with_the_time_of_this_country() -> None:
    at = datetime(2025, 3, 5, 9, 5, tzinfo=timezone.get_default_timezone())
    assert moment_words(at) == "2025年3月5日 09:05"
