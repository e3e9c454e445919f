"""Say in words when an activity belongs, where it stands, and how late it or a finding is."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from partybuilding.core.machine.wording import day_words
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.states import QUARTERS, Standing

if TYPE_CHECKING:
    from partybuilding.supervision.models import Activity, Rectification


def quarter_name(number: int) -> str:
    """Name a quarter without its year: 第二季度."""
    return str(dict(QUARTERS)[number])


def quarter_words(quarter: Quarter) -> str:
    """Name a quarter with its year."""
    names = {"year": quarter.year, "quarter": quarter_name(quarter.number)}
    return pgettext("quarter", "%(year)s, %(quarter)s") % names


def month_words(year: int, month: int) -> str:
    """Name a month with its year."""
    return _("%(year)s-%(month)s") % {"year": year, "month": month}


def when_words(thing: Any) -> str:
    """Name the quarter that an activity belongs to, or that a notice or bulletin is about."""
    return quarter_words(thing.period)


def late_words(days: int) -> str:
    """Say by how many days something is late; nothing when it is not."""
    if days < 1:
        return ""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def activity_late_words(activity: "Activity", today: date | None = None) -> str:
    """Say how late an activity was held, or is by now; nothing when its time is not over, or it ended."""
    today = today or timezone.localdate()
    stands = activity.stands(today)
    if stands not in (Standing.HELD_LATE, Standing.OVERDUE):
        return ""
    return late_words(((activity.done_on or today) - activity.due_on).days)


def deadline_words(rectification: "Rectification") -> str:
    """Say by when it is to be rectified, and by when it first was."""
    now, first = rectification.rectify_by, rectification.first_deadline
    if now == first:
        return day_words(now)
    words = _("%(day)s, at first %(first)s")
    return words % {"day": day_words(now), "first": day_words(first)}


def closing_words(rectification: "Rectification") -> str:
    """Say when a finding was closed; nothing while it is open."""
    if rectification.verified_on is None:
        return ""
    return pgettext("finding", "closed on %(day)s") % {"day": day_words(rectification.verified_on)}


def correction_words(told: Mapping[str, Any]) -> str:
    """Say what was corrected: the part, old and new words, and why."""
    words = _("Corrected %(day)s, %(label)s: %(before)s → %(after)s (%(reason)s)")
    return words % told
