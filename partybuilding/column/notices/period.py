"""The period of a notice: both its days count, and it is told in days and in working days."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.column.notices.states import NoticeState
from partybuilding.core.calendar import (
    add_working_days,
    is_provisional,
    working_days_between,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From one day to another, both inclusive."""

    opens_on: date
    closes_on: date

    def state(self, today: date) -> NoticeState:
        """Return where it stands on a day."""
        if today < self.opens_on:
            return NoticeState.UPCOMING
        return NoticeState.CLOSED if today > self.closes_on else NoticeState.OPEN

    @property
    def working_days(self) -> int:
        """The working days in it."""
        return working_days_between(self.opens_on - ONE_DAY, self.closes_on)

    @property
    def is_provisional(self) -> bool:
        """Whether its working days rest on a year whose holidays are not arranged yet."""
        return is_provisional(self.opens_on, self.closes_on)

    def days_left(self, today: date) -> int:
        """Return the days that are left after this one while it runs; 0 on the last day and after."""
        return max(0, (self.closes_on - max(today, self.opens_on)).days)

    @property
    def words(self) -> str:
        """From when to when, and how many working days that is."""
        days = self.working_days
        text = ngettext(
            "%(opens)s to %(closes)s (both days included, %(days)s working day)",
            "%(opens)s to %(closes)s (both days included, %(days)s working days)",
            days,
        )
        return text % {"opens": _date(self.opens_on), "closes": _date(self.closes_on), "days": days}

    def words_left(self, today: date) -> str:
        """Say how much of it is left; nothing once it is over."""
        state = self.state(today)
        if state == NoticeState.CLOSED:
            return ""
        if state == NoticeState.UPCOMING:
            days = (self.opens_on - today).days
            return ngettext("begins in %(days)s day", "begins in %(days)s days", days) % {
                "days": days
            }
        days = self.days_left(today)
        if not days:
            return _("today is the last day")
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def proposed_period(today: date, working_days: int) -> Period:
    """Return a period that begins on the next working day and has so many working days."""
    opens_on = add_working_days(today, 1)
    return Period(opens_on, add_working_days(opens_on, working_days - 1))


def _date(day: date) -> str:
    return _("%(year)s-%(month)s-%(day)s") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
