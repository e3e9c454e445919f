"""Which days are working days in China, adjusted ones (调休) included, and how to count them.

The State Council's yearly arrangement comes from the package chinesecalendar. A year whose
arrangement is not known follows the law instead: Monday to Friday without the statutory holidays,
where one that falls on a weekend or on another holiday is made up on the next working day
(全国年节及纪念日放假办法, as in force from 2025). Such results are provisional, and
`is_provisional` lets a screen say so.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))

# (month, day) of Spring Festival, Dragon Boat and Mid-Autumn. Computed with the packages lunardate,
# LunarCalendar and sxtwl, which agree with each other and with the new moons of ephem; the official
# reference is https://www.hko.gov.hk/en/gts/time/conversion.htm (Hong Kong Observatory).
LUNAR_FESTIVALS = {
    2024: ((2, 10), (6, 10), (9, 17)),
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
    2037: ((2, 15), (6, 18), (9, 24)),
    2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)),
    2040: ((2, 12), (6, 14), (9, 20)),
    2041: ((2, 1), (6, 3), (9, 10)),
    2042: ((1, 22), (6, 22), (9, 28)),
    2043: ((2, 10), (6, 11), (9, 17)),
    2044: ((1, 30), (5, 31), (10, 5)),
    2045: ((2, 17), (6, 19), (9, 25)),
    2046: ((2, 6), (6, 8), (9, 15)),
    2047: ((1, 26), (5, 29), (10, 4)),
    2048: ((2, 14), (6, 15), (9, 22)),
    2049: ((2, 2), (6, 4), (9, 11)),
    2050: ((1, 23), (6, 23), (9, 30)),
}


def is_working_day(day: date) -> bool:
    """Say whether offices work on this day."""
    return add_working_days(day, 0) == day


def add_working_days(day: date, count: int) -> date:
    """Return the working day `count` working days after a day; counting starts the day after.

    Args:
        day: Any day, working or not. A datetime raises TypeError: its day depends on the time zone.
        count: Working days. 0 gives the day itself if it is a working day, otherwise the next.

    Raises:
        ValueError: The count is negative.
    """
    if count < 0:
        raise ValueError("Working days are counted forwards only.")
    year, days = day.year, _working_days(day.year)
    index = bisect_right(days, day) + count - 1 if count else bisect_left(days, day)
    while index >= len(days):
        index -= len(days)
        year += 1
        days = _working_days(year)
    return days[index]


def subtract_working_days(day: date, count: int) -> date:
    """Return the last working day from which `count` working days lead up to and including a day.

    Args:
        day: Any day, working or not.
        count: Working days. 0 gives the day itself if it is a working day, otherwise the last before.

    Raises:
        ValueError: The count is negative.
    """
    if count < 0:
        raise ValueError("Working days are counted backwards by a number of 0 or more.")
    year, days = day.year, _working_days(day.year)
    index = bisect_right(days, day) - 1 - count
    while index < 0:
        year -= 1
        days = _working_days(year)
        index += len(days)
    return days[index]


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; below 0 if `end` is first.

    For a count of 1 or more it undoes `add_working_days`.
    """
    if end < start:
        return -working_days_between(end, start)
    years_between = sum(len(_working_days(year)) for year in range(start.year, end.year))
    in_last_year = bisect_right(_working_days(end.year), end)
    return years_between + in_last_year - bisect_right(_working_days(start.year), start)


def calendar_is_published(year: int) -> bool:
    """Say whether the State Council's arrangement for this year is known here."""
    return date(year, 10, 1) in chinese_calendar.holidays


def is_provisional(start: date, end: date) -> bool:
    """Say whether a count from day to day touches a year whose arrangement is not known yet."""
    first, last = sorted((start.year, end.year))
    return not all(calendar_is_published(year) for year in range(first, last + 1))


@lru_cache(maxsize=128)
def _working_days(year: int) -> tuple[date, ...]:
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
    works = chinese_calendar.is_workday if calendar_is_published(year) else _works_by_law
    return tuple(day for day in days if day.year == year and works(day))


def _works_by_law(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _days_off_by_law(day.year)


@lru_cache(maxsize=128)
def _days_off_by_law(year: int) -> frozenset[date]:
    days_off: set[date] = set()
    for day in sorted(_statutory_holidays(year)):
        while day.weekday() >= SATURDAY or day in days_off:
            day += ONE_DAY  # made up on the next working day
        days_off.add(day)
    return frozenset(days_off)


def _statutory_holidays(year: int) -> list[date]:
    """List the 13 holidays of a year; outside the lunar table only its 7 solar ones."""
    holidays = [date(year, month, day) for month, day in (*FIXED_HOLIDAYS, (4, _qingming(year)))]
    if year in LUNAR_FESTIVALS:
        spring, dragon_boat, mid_autumn = (
            date(year, month, day) for month, day in LUNAR_FESTIVALS[year]
        )
        holidays += [spring + ONE_DAY * offset for offset in range(-1, 3)]  # from New Year's Eve
        holidays += [dragon_boat, mid_autumn]
    return holidays


def _qingming(year: int) -> int:
    """Return the day of April on which Qingming falls (formula for the 21st century)."""
    short = year % 100
    return int(short * 0.2422 + 4.81) - short // 4
