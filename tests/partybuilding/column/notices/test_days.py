"""First and last days of a notice's period: one day less, the day itself, one more for every rule."""

from collections.abc import Iterable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from partybuilding.column.notices.period import Period
from partybuilding.column.notices.rules import (
    AHEAD_DAYS,
    LONGEST_DAYS,
    faults_of_first_day,
    faults_of_period,
)
from partybuilding.column.notices.states import NoticeKind

#: A Monday in a month without holidays.
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def notice(opens: date | None, closes: date | None, kind: str = NoticeKind.APPROVED_LIST) -> Any:
    period = Period(opens, closes) if opens and closes else None
    return SimpleNamespace(opens_on=opens, closes_on=closes, kind=kind, period=period)


def said(faults: Iterable[Any]) -> str:
    return "".join(str(one) for one in faults)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "早于"),
        (0, "1个工作日"),
        (3, "4个工作日"),
        (4, ""),  # Monday to Friday
        (LONGEST_DAYS - 1, ""),
        (LONGEST_DAYS, ""),
        (LONGEST_DAYS + 1, "最长180天"),
    ],
)
def test_a_list_is_open_for_five_working_days_to_half_a_year(days: int, words: str) -> None:
    fault = said(faults_of_period(notice(MONDAY, MONDAY + days * DAY), 5))
    assert words in fault
    assert bool(words) is bool(fault)


def test_another_notice_may_be_short_or_have_no_period_and_not_half_of_one() -> None:
    other = next(kind for kind in NoticeKind if kind != NoticeKind.APPROVED_LIST)
    assert said(faults_of_period(notice(MONDAY, MONDAY, other), 5)) == ""
    assert said(faults_of_period(notice(None, None, other), 5)) == ""
    for half in ((MONDAY, None), (None, MONDAY)):
        assert said(faults_of_period(notice(*half, other), 5))
        assert said(faults_of_period(notice(*half), 5))
    assert said(faults_of_period(notice(None, None), 5))


@pytest.mark.parametrize(
    ("days", "ok"),
    [(-1, False), (0, True), (1, True), (AHEAD_DAYS, True), (AHEAD_DAYS + 1, False)],
)
def test_a_period_begins_on_the_day_of_publication_at_the_earliest(days: int, ok: bool) -> None:
    opens = MONDAY + days * DAY
    assert (said(faults_of_first_day(notice(opens, opens + 9 * DAY), MONDAY)) == "") is ok
