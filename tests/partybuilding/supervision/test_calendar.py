"""Which activities the rhythm asks for, and by when: quarters, half-years, holidays, leap years."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.core.calendar import is_working_day, working_days_between
from partybuilding.supervision.calendar import (
    SHORTEST,
    Quarter,
    Rhythm,
    last_working_day,
    slots,
    supervised_quarters,
)
from partybuilding.supervision.states import ActivityKind

YEAR_END = date(2022, 12, 31)


def quarters(published: date, ends: date = YEAR_END) -> list[int]:
    return [quarter.number for quarter in supervised_quarters(published, ends)]


@pytest.mark.parametrize(
    ("day", "number", "first", "last"),
    [
        (date(2024, 2, 29), 1, date(2024, 1, 1), date(2024, 3, 31)),
        (date(2022, 4, 1), 2, date(2022, 4, 1), date(2022, 6, 30)),
        (date(2022, 9, 30), 3, date(2022, 7, 1), date(2022, 9, 30)),
        (date(2022, 12, 31), 4, date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, number: int, first: date, last: date) -> None:
    quarter = Quarter.of(day)
    assert (quarter.number, quarter.first, quarter.last) == (number, first, last)


def test_the_fourth_quarter_is_followed_by_the_first_of_the_next_year() -> None:
    assert Quarter(2024, 4).following == Quarter(2025, 1)
    assert [Quarter(2024, n).half for n in (1, 2, 3, 4)] == [
        (2024, 1),
        (2024, 1),
        (2024, 2),
        (2024, 2),
    ]


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        (Quarter(2022, 1), date(2022, 3, 31)),
        (Quarter(2022, 2), date(2022, 6, 30)),
        (Quarter(2022, 4), date(2022, 12, 30)),  # the 31st is a Saturday
        (Quarter(2023, 3), date(2023, 9, 28)),  # Mid-Autumn on the 29th, National Day after it
        (Quarter(2024, 2), date(2024, 6, 28)),  # a Sunday and a Saturday end the quarter
        (Quarter(2023, 4), date(2023, 12, 29)),
    ],
)
def test_what_is_asked_for_is_due_on_the_last_working_day(quarter: Quarter, due: date) -> None:
    assert last_working_day(quarter, date(quarter.year, 12, 31)) == due


def test_a_year_that_ends_within_a_quarter_ends_its_activities() -> None:
    assert last_working_day(Quarter(2022, 4), date(2022, 11, 20)) == date(2022, 11, 18)


def test_the_demonstration_year_has_three_quarters_and_two_half_years() -> None:
    found = Counter(
        (slot.kind, slot.quarter.number) for slot in slots(Rhythm(), date(2022, 5, 10), YEAR_END)
    )
    each = {(kind, n): 1 for kind in ("dispatch", "site", "notice") for n in (2, 3, 4)}
    assert found == {**each, ("observation", 2): 1, ("observation", 4): 1}


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2022, 1, 4), [1, 2, 3, 4]),
        (date(2022, 6, 16), [2, 3, 4]),  # ten working days are left
        (date(2022, 6, 17), [3, 4]),  # nine are left
        (date(2022, 6, 30), [3, 4]),
        (date(2022, 7, 1), [3, 4]),
        (date(2022, 12, 30), []),
        (date(2023, 1, 5), []),
    ],
)
def test_a_quarter_that_leaves_too_little_time_is_left_out(
    published: date, expected: list[int]
) -> None:
    assert quarters(published) == expected


def test_an_observation_follows_the_last_quarter_that_its_half_year_has() -> None:
    found = slots(Rhythm(), date(2022, 1, 4), date(2022, 9, 30))
    observed = [slot.quarter.number for slot in found if slot.kind == ActivityKind.OBSERVATION]
    assert observed == [2, 3]


def test_a_short_last_quarter_asks_for_nothing() -> None:
    assert quarters(date(2022, 5, 10), date(2022, 10, 14)) == [2, 3]


def test_a_rhythm_may_ask_twice_or_not_at_all() -> None:
    rhythm = Rhythm(dispatches=2, sites=0, notices=1, observations=0)
    found = [slot.key for slot in slots(rhythm, date(2022, 10, 10), YEAR_END)]
    assert found == [
        ("dispatch", 2022, 4, 1),
        ("dispatch", 2022, 4, 2),
        ("notice", 2022, 4, 1),
    ]


@given(
    published=st.dates(date(2021, 1, 1), date(2032, 12, 31)),
    length=st.integers(min_value=0, max_value=800),
)
def test_every_activity_leaves_time_and_is_asked_for_once(published: date, length: int) -> None:
    ends = published + timedelta(days=length)
    found = slots(Rhythm(), published, ends)
    assert len({slot.key for slot in found}) == len(found)
    for slot in found:
        assert is_working_day(slot.due_on)
        assert published < slot.due_on <= ends
        assert Quarter.of(slot.due_on) == slot.quarter
        assert working_days_between(published, slot.due_on) >= SHORTEST
    halves = Counter(slot.quarter.half for slot in found if slot.kind == ActivityKind.OBSERVATION)
    assert set(halves.values()) <= {1}
