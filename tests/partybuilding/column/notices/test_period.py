"""The period of a notice: both days count, working days as the Chinese calendar has them."""

from datetime import date

import pytest

from partybuilding.column.notices.period import Period, proposed_period
from partybuilding.column.notices.states import NoticeState

#: 2026-09-25 is Mid-Autumn (a Friday); 10-01 to 10-07 is the National Day holiday; Sunday 09-20 and
#: Saturday 10-10 are worked in their place (State Council's arrangement for 2026).
OVER_HOLIDAY = Period(date(2026, 9, 28), date(2026, 10, 9))


@pytest.mark.parametrize(
    ("today", "state", "left", "words"),
    [
        (date(2026, 9, 27), NoticeState.UPCOMING, 11, "1天后开始"),
        (date(2026, 9, 28), NoticeState.OPEN, 11, "还剩11天"),
        (date(2026, 10, 8), NoticeState.OPEN, 1, "还剩1天"),
        (date(2026, 10, 9), NoticeState.OPEN, 0, "今天截止"),
        (date(2026, 10, 10), NoticeState.CLOSED, 0, ""),
    ],
)
def test_both_days_count(today: date, state: NoticeState, left: int, words: str) -> None:
    assert OVER_HOLIDAY.state(today) == state
    assert OVER_HOLIDAY.days_left(today) == left
    assert OVER_HOLIDAY.words_left(today) == words


def test_a_holiday_within_adds_no_working_day() -> None:
    assert OVER_HOLIDAY.working_days == 5  # 28, 29, 30 September, 8 and 9 October
    assert OVER_HOLIDAY.words == "2026年9月28日至2026年10月9日（含首尾两日，5个工作日）"
    assert not OVER_HOLIDAY.is_provisional


def test_a_worked_weekend_counts_and_a_plain_one_does_not() -> None:
    assert Period(date(2026, 10, 10), date(2026, 10, 11)).working_days == 1
    assert Period(date(2026, 8, 1), date(2026, 8, 2)).working_days == 0


def test_the_days_of_a_year_without_arranged_holidays_are_provisional() -> None:
    assert Period(date(2030, 9, 28), date(2030, 10, 9)).is_provisional


@pytest.mark.parametrize(
    ("today", "opens", "closes"),
    [
        (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9)),  # a Monday
        (date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 13)),  # a Friday
        (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 13)),  # before the holiday
    ],
)
def test_the_next_working_days_are_proposed(today: date, opens: date, closes: date) -> None:
    period = proposed_period(today, 5)
    assert (period.opens_on, period.closes_on) == (opens, closes)
    assert period.working_days == 5
