"""Say in words where a record is: who has it, since when, and by when it should go on."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.states import State


def bare_label(label: Any) -> str:
    """Return what a field is called without the stop or question mark that it may end with.

    An error follows it after a colon.
    """
    return str(label).rstrip("。？！：.?!:")


def holder_words(record: Any, state: State | None = None) -> str:
    """Name who has it now, or in another state: the organisation, the reporting unit, or the role."""
    holders = (state or record.state_row).holders
    places = ((role, record.place_of(role)) for role in holders)
    return "、".join(place.name if place else str(role.label) for role, place in places)


def waiting_words(record: Any, today: date | None = None) -> str:
    """Say how many days it has been there; nothing when nobody has it."""
    if not record.state_row.holders:
        return ""
    days = record.days_waiting(today)
    if days < 1:
        return _("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def due_words(record: Any, today: date | None = None) -> str:
    """Say by when it should go on, and how late it is; nothing when there is no such day."""
    today = today or timezone.localdate()
    if record.due_on is None:
        return ""
    day = day_words(record.due_on, today)
    if record.due_on < today:
        late = (today - record.due_on).days
        words = ngettext(
            "%(late)s day overdue (due %(day)s)", "%(late)s days overdue (due %(day)s)", late
        )
        return words % {"late": late, "day": day}
    if record.due_on == today:
        return _("due today")
    return _("due %(day)s") % {"day": day}


def day_words(day: date, today: date | None = None) -> str:
    """Write a day without its year when it is of this year."""
    today = today or timezone.localdate()
    style = _("%(month)s-%(day)s") if day.year == today.year else _("%(year)s-%(month)s-%(day)s")
    return style % {"year": day.year, "month": day.month, "day": day.day}


def moment_words(at: datetime) -> str:
    """Write a moment as its day and time: 11月29日 14:05."""
    here = timezone.localtime(at)
    return f"{day_words(here.date())} {here:%H:%M}"


def strip_of(record: Any, words: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return the steps of a status strip with where the record stands."""
    here = record.table.state(record.state).strip or 0
    return [
        {"number": number, "label": label, "done": number < here, "here": number == here}
        for number, label in enumerate(words, start=1)
    ]
