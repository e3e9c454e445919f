"""Days in words: until when, how many are left, how long overdue."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.calendar import is_provisional
from partybuilding.core.machine.wording import day_words
from partybuilding.portal.presenters.wording import OTHERS_TO_DO, TO_DO


def days_left(day: date, today: date | None = None) -> str:
    """Say how many calendar days are left, or how many it is overdue."""
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        return _("%(days)s days overdue") % {"days": -left}
    if left == 0:
        return _("ends today")
    return _("%(days)s days left") % {"days": left}


def due_note(project: Any, today: date | None = None) -> str:
    """Say how much time is left, and that the day is provisional while holidays are not arranged."""
    if project.due_on is None:
        return ""
    words = days_left(project.due_on, today)
    counted = project.state_row.due is not None and project.state_row.due.days
    if counted and is_provisional(timezone.localdate(project.state_since), project.due_on):
        words += _("; provisional, the holidays of the year are not arranged yet")
    return words


def due_sentence(project: Any) -> str:
    """Say who is to do what by the due day, in the words of the state; empty when nothing is due."""
    words = {**TO_DO, **OTHERS_TO_DO}.get(project.state)
    if words is None or project.due_on is None:
        return ""
    return _(words) % {"day": day_words(project.due_on)}
