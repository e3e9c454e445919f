"""The stages of a reminder fall on working days around the day: quarters, leap years, long holidays."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.boards.schedule import Schedule, schedule_of_site
from partybuilding.boards.states import ReminderStage
from partybuilding.core.calendar import (
    add_working_days,
    is_working_day,
    subtract_working_days,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SCHEDULE = Schedule()


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("due", "before", "on", "after", "unit", "department"),
    [
        # The end of a quarter before the National Day holiday of 2022, with 8 and 9 October worked.
        ("2022-09-30", "2022-09-27", "2022-09-30", "2022-10-08", "2022-10-12", "2022-10-19"),
        # Within that holiday: on the day means on the last working day before it.
        ("2022-10-03", "2022-09-27", "2022-09-30", "2022-10-08", "2022-10-12", "2022-10-19"),
        # A Saturday that is worked in exchange is a day like others.
        ("2022-10-08", "2022-09-28", "2022-10-08", "2022-10-09", "2022-10-13", "2022-10-20"),
        # Spring Festival of 2024: off from 10 to 17 February, 4 and 18 February worked.
        ("2024-02-09", "2024-02-06", "2024-02-09", "2024-02-18", "2024-02-22", "2024-02-29"),
        # The leap day, and a day that does not know it.
        ("2024-02-29", "2024-02-26", "2024-02-29", "2024-03-01", "2024-03-07", "2024-03-14"),
        ("2023-02-28", "2023-02-23", "2023-02-28", "2023-03-01", "2023-03-07", "2023-03-14"),
        # The end of a year, and a plain Sunday.
        ("2021-12-31", "2021-12-28", "2021-12-31", "2022-01-04", "2022-01-10", "2022-01-17"),
        ("2022-06-26", "2022-06-21", "2022-06-24", "2022-06-27", "2022-07-01", "2022-07-08"),
        ("2022-06-30", "2022-06-27", "2022-06-30", "2022-07-01", "2022-07-07", "2022-07-14"),
    ],
)
def test_each_stage_falls_on_its_working_day(
    due: str, before: str, on: str, after: str, unit: str, department: str
) -> None:
    found = [SCHEDULE.day_of(stage, d(due)) for stage in ReminderStage]
    assert found == [d(text) for text in (before, on, after, unit, department)]


@given(due=DAYS)
def test_stages_follow_each_other_on_working_days(due: date) -> None:
    found = [SCHEDULE.day_of(stage, due) for stage in ReminderStage]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert all(is_working_day(day) for day in found)
    assert found[1] <= due < found[2]
    assert working_days_between(found[0], due) == SCHEDULE.before
    assert working_days_between(due, found[4]) == SCHEDULE.department


@given(due=DAYS, shift=st.integers(-30, 30))
def test_a_stage_is_reached_from_its_day_on(due: date, shift: int) -> None:
    today = due + timedelta(days=shift)
    reached = SCHEDULE.reached(due, today)
    assert reached == list(ReminderStage)[: len(reached)]
    assert all(
        (SCHEDULE.day_of(stage, due) <= today) == (stage in reached) for stage in ReminderStage
    )


@given(day=DAYS, count=st.integers(0, 300))
def test_working_days_are_counted_back_as_forward(day: date, count: int) -> None:
    found = subtract_working_days(day, count)
    assert is_working_day(found)
    assert found <= day
    assert working_days_between(found, day) == count
    if is_working_day(day):
        assert add_working_days(found, count) == day


def test_nobody_counts_back_by_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="backwards"):
        subtract_working_days(date(2022, 6, 30), -1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"before": 0}, "REMIND_BEFORE_DAYS"),
        ({"before": 21}, "REMIND_BEFORE_DAYS"),
        ({"after": 0}, "REMIND_AFTER_DAYS"),
        ({"unit": 1}, "REMIND_UNIT_DAYS"),
        ({"department": 5}, "REMIND_DEPARTMENT_DAYS"),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(wrong: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Schedule(**wrong)


def test_the_settings_give_the_schedule(settings: Any) -> None:
    assert schedule_of_site() == Schedule()
    settings.PARTYBUILDING_REMIND_UNIT_DAYS = 7
    assert schedule_of_site() == Schedule(unit=7)
