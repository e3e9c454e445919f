"""What a condition answers: yes, or no with every sentence; the days between two others."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from partybuilding.core.rules import (
    YES,
    asks_reason,
    asks_words_for_all,
    fit_for_all,
    refuse,
    says_something,
    together,
    verdict,
    within,
)

FIRST, LAST = date(2022, 5, 1), date(2022, 12, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "first", "last", "words"),
    [
        (FIRST - DAY, FIRST, LAST, "2022年5月1日"),
        (FIRST, FIRST, LAST, ""),
        (FIRST + DAY, FIRST, LAST, ""),
        (LAST - DAY, FIRST, LAST, ""),
        (LAST, FIRST, LAST, ""),
        (LAST + DAY, FIRST, LAST, "2022年12月31日"),
        (FIRST - DAY, None, LAST, ""),
        (LAST + DAY, FIRST, None, ""),
        (FIRST, FIRST, FIRST, ""),
    ],
)
def test_both_days_lie_within(day: date, first: date | None, last: date | None, words: str) -> None:
    answer = within(day, first, last)
    assert bool(answer) is not bool(words)
    assert words in "".join(map(str, answer.reasons))


def test_all_must_agree_and_every_reason_is_kept_in_order() -> None:
    assert together([YES, YES])
    refused = together([YES, refuse("甲", "乙"), YES, refuse("丙")])
    assert (bool(refused), refused.reasons) == (False, ("甲", "乙", "丙"))
    assert verdict([])
    assert not verdict(["甲"])


@pytest.mark.parametrize(
    ("reason", "is_given", "is_said", "is_for_all"),
    [
        ("", False, True, True),
        ("。", True, False, True),
        ("误", True, False, True),
        ("推迟", True, True, False),
        ("场地因修缮停用两个月。", True, True, True),
        ("场地停用，请电13812345678。", True, True, False),
    ],
)
def test_a_reason_is_said_in_words_that_everybody_may_read(
    reason: str, is_given: bool, is_said: bool, is_for_all: bool
) -> None:
    attempt = SimpleNamespace(reason=reason)
    assert bool(asks_reason(None, attempt)) is is_given
    assert bool(says_something(attempt)) is is_said
    assert bool(asks_words_for_all(None, attempt)) is is_for_all


def test_every_number_of_a_person_is_named_with_its_kind() -> None:
    assert fit_for_all(["办结议题66件。", ""])
    refused = fit_for_all(["联系13812345678。", "办结。", "电话13912345678。"])
    assert not refused
    assert ["手机" in str(reason) for reason in refused.reasons] == [True, True]
