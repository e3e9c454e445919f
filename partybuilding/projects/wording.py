"""Say in words where a project is: who has it, since when, and by when it should go on."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.states import Role, State


def holder_words(project: Any, state: State | None = None) -> str:
    """Name who has it now, or in another state: the organisation, the reporting unit, or the role."""
    names = {
        Role.APPLICANT: project.organization.name,
        Role.UNIT: project.organization.unit.name if project.organization.unit else "",
    }
    holders = (state or project.state_row).holders
    return "、".join(names.get(role) or str(role.label) for role in holders)


def waiting_words(project: Any, today: date | None = None) -> str:
    """Say how many days it has been there; nothing when nobody has it."""
    if not project.state_row.holders:
        return ""
    days = project.days_waiting(today)
    if days < 1:
        return _("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def due_words(project: Any, today: date | None = None) -> str:
    """Say by when it should go on, and how late it is; nothing when there is no such day."""
    today = today or timezone.localdate()
    if project.due_on is None:
        return ""
    day = day_words(project.due_on, today)
    if project.due_on < today:
        late = (today - project.due_on).days
        words = ngettext(
            "%(late)s day overdue (due %(day)s)", "%(late)s days overdue (due %(day)s)", late
        )
        return words % {"late": late, "day": day}
    if project.due_on == today:
        return _("due today")
    return _("due %(day)s") % {"day": day}


def day_words(day: date, today: date | None = None) -> str:
    """Write a day without its year when it is of this year."""
    today = today or timezone.localdate()
    style = _("%(month)s-%(day)s") if day.year == today.year else _("%(year)s-%(month)s-%(day)s")
    return style % {"year": day.year, "month": day.month, "day": day.day}
