"""The stage of the demonstration: nothing is done after now, and everything in office hours."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from demonstration.last_year import COMPUTED, DRAWN, EVALUATION, GIVEN_BACK, RESULTS, SCORED
from demonstration.stage import CLOSES, OPENS, days, last_working_day, moment, office_time
from partybuilding.core.calendar import is_working_day

#: A week with a weekend, and the holidays of autumn.
SOME_DAYS = [date(2026, 9, 26) + timedelta(days=one) for one in range(16)]


@pytest.mark.parametrize("hour", range(24))
def test_the_last_office_moment_is_past_and_in_office_hours(hour: int) -> None:
    for day in SOME_DAYS:
        now = moment(day, hour=hour, minute=34)
        found = timezone.localtime(office_time(now))
        assert found <= now - timedelta(minutes=90)
        assert is_working_day(found.date())
        assert OPENS <= found.hour < CLOSES


def test_the_days_of_the_judging_keep_their_order_across_every_holiday() -> None:
    for count in range(366):
        today = days(date(2026, 1, 1), count)
        befores = (RESULTS, EVALUATION, DRAWN, SCORED, COMPUTED, GIVEN_BACK)
        found = [last_working_day(days(today, -before)) for before in befores]
        assert found == sorted(set(found))
        assert found[-1] < today
