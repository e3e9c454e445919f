"""What the working-day calendar knows, checked against the State Council's arrangements."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.core import calendar
from partybuilding.core.calendar import (
    LUNAR_FESTIVALS,
    add_working_days,
    calendar_is_published,
    is_provisional,
    is_working_day,
    subtract_working_days,
    working_days_between,
)

# The adjusted working days (调休) of the State Council's notices: weekends on which offices work.
WORKING_WEEKENDS = {
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
LAST_PUBLISHED = max(chinese_calendar.holidays).year
UNPUBLISHED = LAST_PUBLISHED + 1

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
counts = st.integers(0, 300)


def weekends(year: int) -> list[date]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range(366))
    return [day for day in days if day.year == year and day.weekday() >= 5]


@pytest.mark.parametrize("year", WORKING_WEEKENDS)
def test_offices_work_on_exactly_the_adjusted_weekends(year):
    worked = [f"{day:%m-%d}" for day in weekends(year) if is_working_day(day)]
    assert worked == WORKING_WEEKENDS[year].split()


@pytest.mark.parametrize(
    ("eve", "first_day_back"),
    [
        (date(2022, 1, 30), date(2022, 2, 7)),
        (date(2022, 9, 30), date(2022, 10, 8)),
        (date(2023, 9, 28), date(2023, 10, 7)),
        (date(2024, 2, 9), date(2024, 2, 18)),
        (date(2025, 1, 27), date(2025, 2, 5)),
        (date(2026, 2, 14), date(2026, 2, 24)),
    ],
)
def test_a_long_holiday_is_jumped_over(eve, first_day_back):
    assert add_working_days(eve, 1) == first_day_back


def test_counting_starts_on_the_day_after():
    assert add_working_days(date(2022, 3, 1), 3) == date(2022, 3, 4)
    assert add_working_days(date(2022, 3, 5), 1) == date(2022, 3, 7)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 10, 8), date(2022, 10, 8)),
        (date(2022, 10, 1), date(2022, 10, 8)),
        (date(2022, 3, 5), date(2022, 3, 7)),
    ],
)
def test_zero_days_give_the_day_itself_or_the_next_working_day(day, expected):
    assert add_working_days(day, 0) == expected


def test_the_leap_day_counts():
    assert add_working_days(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert working_days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert add_working_days(date(2023, 2, 28), 1) == date(2023, 3, 1)


def test_a_count_crosses_the_border_of_years():
    assert add_working_days(date(2022, 12, 30), 1) == date(2023, 1, 3)
    assert add_working_days(date(2024, 12, 31), 1) == date(2025, 1, 2)
    assert add_working_days(date(2021, 12, 31), 499) == date(2024, 1, 2)
    assert working_days_between(date(2021, 12, 31), date(2024, 1, 2)) == 499


def test_days_before_the_start_count_as_negative():
    assert working_days_between(date(2022, 3, 4), date(2022, 3, 1)) == -3
    assert working_days_between(date(2022, 3, 4), date(2022, 3, 4)) == 0


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2022, 3, 4), -1)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2022, 3, 4), 0, date(2022, 3, 4)),
        (date(2022, 3, 5), 0, date(2022, 3, 4)),  # a Saturday
        (date(2022, 3, 4), 1, date(2022, 3, 3)),
        (date(2022, 3, 5), 1, date(2022, 3, 3)),
        (date(2022, 10, 8), 1, date(2022, 9, 30)),
        (date(2023, 1, 3), 1, date(2022, 12, 30)),
        (date(2023, 1, 2), 0, date(2022, 12, 30)),
        (date(2022, 1, 4), 1, date(2021, 12, 31)),
        (date(2024, 1, 2), 499, date(2021, 12, 31)),
    ],
)
def test_working_days_are_counted_back_over_holidays_and_years(day, count, expected):
    assert subtract_working_days(day, count) == expected


def test_counting_back_by_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="backwards"):
        subtract_working_days(date(2022, 3, 4), -1)


def test_the_last_day_of_a_leap_year_is_one_of_it():
    assert is_working_day(date(2024, 12, 31))
    assert working_days_between(date(2024, 12, 30), date(2024, 12, 31)) == 1


def test_a_moment_is_refused_because_its_day_depends_on_the_time_zone():
    moment = datetime(2022, 3, 4, 20, tzinfo=UTC)
    with pytest.raises(TypeError):
        is_working_day(moment)
    with pytest.raises(TypeError):
        working_days_between(moment, moment)


def test_the_calendar_knows_which_years_are_published():
    assert all(calendar_is_published(year) for year in WORKING_WEEKENDS)
    assert not calendar_is_published(UNPUBLISHED)
    assert not calendar_is_published(1999)


def test_a_result_is_provisional_as_soon_as_it_touches_an_unpublished_year():
    december = date(LAST_PUBLISHED, 12, 31)
    january = add_working_days(december, 1)
    assert january.year == UNPUBLISHED
    assert not is_provisional(date(2022, 1, 1), december)
    assert is_provisional(december, january)
    assert is_provisional(january, december)
    assert is_provisional(january, january)


def law(year: int) -> str:
    return " ".join(f"{day:%m-%d}" for day in sorted(calendar._days_off_by_law(year)))


def test_an_unpublished_year_follows_the_law():
    """In 2027 New Year's Eve is a Friday, 1 May a Saturday, 2 and 3 October a weekend."""
    assert law(2027) == (
        "01-01 02-05 02-08 02-09 02-10 04-05 05-03 05-04 06-09 09-15 10-01 10-04 10-05"
    )


def test_two_holidays_on_one_day_are_both_given():
    """In 2031 Mid-Autumn is 1 October; both days are given, the fourth on the Monday after."""
    assert law(2031).endswith("10-01 10-02 10-03 10-06")


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_law_alone_gives_a_published_year_as_many_working_days(year, monkeypatch):
    span = date(year - 1, 12, 31), date(year, 12, 31)
    published = working_days_between(*span)
    monkeypatch.setattr(calendar, "_working_days", calendar._working_days.__wrapped__)
    monkeypatch.setattr(calendar, "calendar_is_published", lambda year: False)
    assert working_days_between(*span) == published


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_holiday_of_the_law_is_free_in_a_published_year(year):
    assert not [day for day in calendar._statutory_holidays(year) if is_working_day(day)]


@pytest.mark.parametrize("year", [*filter(calendar_is_published, LUNAR_FESTIVALS)])
def test_the_lunar_festivals_agree_with_the_published_names(year):
    names = ["Spring Festival", "Dragon Boat Festival", "Mid-autumn Festival"]
    dates = [date(year, month, day) for month, day in LUNAR_FESTIVALS[year]]
    assert [chinese_calendar.get_holiday_detail(day)[1] for day in dates] == names


@pytest.mark.parametrize("year", range(2004, 2051))
def test_qingming_agrees_with_a_table_of_solar_terms(year):
    april = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    assert april == [(date(year, 4, calendar._qingming(year)), "清明")]


def test_a_year_without_lunar_table_keeps_its_solar_holidays():
    assert 2051 not in LUNAR_FESTIVALS
    assert len(calendar._statutory_holidays(2051)) == 7
    assert not is_working_day(date(2051, 10, 2))
    assert add_working_days(date(2051, 9, 29), 1) == date(2051, 10, 5)  # the 1st is a Sunday


@settings(deadline=None)
@given(days, counts)
def test_a_deadline_is_a_working_day(day, count):
    assert is_working_day(add_working_days(day, count))


@settings(deadline=None)
@given(days, st.integers(1, 300))
def test_between_undoes_add(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


@settings(deadline=None)
@given(days, st.integers(1, 300), counts)
def test_counts_add_up(day, first, second):
    total = add_working_days(day, first + second)
    assert add_working_days(add_working_days(day, first), second) == total


@settings(deadline=None)
@given(days, days)
def test_between_counts_the_working_days_one_by_one(start, other):
    end = min(other, start + timedelta(days=400))
    span = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    if end >= start:
        assert working_days_between(start, end) == sum(is_working_day(day) for day in span)
    assert working_days_between(end, start) == -working_days_between(start, end)
