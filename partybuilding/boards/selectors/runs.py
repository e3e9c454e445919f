"""When the reminders ran lately, and on which days they did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from partybuilding.boards.models import ReminderRun

#: Days before today that are looked at.
LATELY = 30


@dataclass(frozen=True)
class Runs:
    """How the reminders ran lately.

    Args:
        last: the run that ran last; None when none ever did.
        missed: the days before today without a run, the newest first.
        ran_today: whether today's run is done.
    """

    last: ReminderRun | None
    missed: tuple[date, ...] = ()
    ran_today: bool = False

    @property
    def is_in_order(self) -> bool:
        """Whether nothing was missed and nothing failed."""
        return self.last is not None and not self.missed and not self.last.faults


def runs_lately(today: date) -> Runs:
    """Return the last run and the days of the last weeks that were missed; two queries."""
    last = ReminderRun.objects.order_by("-last_at", "-day").first()
    if last is None:
        return Runs(None)
    ran = ReminderRun.objects.filter(day__lte=today).values_list("day", flat=True)
    days = set(ran)
    return Runs(last, missed_days(days, today), today in days)


def missed_days(ran: Iterable[date], today: date) -> tuple[date, ...]:
    """Return the days before today and since the first run on which none was, of the last weeks."""
    days = set(ran)
    if not days:
        return ()
    back = (today - timedelta(days=number) for number in range(1, LATELY + 1))
    return tuple(day for day in back if day > min(days) and day not in days)
