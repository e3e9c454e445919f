"""A rectification in words, as readers see it: its state, by when it is due, how late it is or was."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.states import Tone
from partybuilding.supervision import loop
from partybuilding.supervision.states import TABLE, RectificationState


def kind_words(notice: Any) -> str:
    """Name what kind of notice it is: the quarter's, a supplementary one by its number, a correction."""
    words = _("Feedback notice")
    if notice.supplement:
        words = _("Supplementary notice no. %(number)s") % {"number": notice.supplement}
    return _("%(kind)s (correction)") % {"kind": words} if notice.corrects_id else words


def corrected_words(notice: Any) -> str:
    """Say which notice it corrects, and by which it was corrected; nothing for most."""
    said = []
    if notice.corrects:
        told = {"number": notice.corrects.number, "reason": notice.correction}
        said.append(_("Corrects %(number)s: %(reason)s") % told)
    if later := notice.corrected_by:
        told = {"number": later.number, "reason": later.correction}
        said.append(_("Corrected by %(number)s: %(reason)s") % told)
    return " ".join(said)


def days_late(rectification: Any, today: date | None = None) -> int:
    """Return by how many calendar days the first deadline was missed so far; 0 when in time.

    Counted up to the day on which it was last reported; while it is with the organisation, up to today.
    No later deadline makes it disappear.
    """
    today = today or timezone.localdate()
    one = rectification
    return loop.days_late(one.first_deadline, one.reported_on, one.state, today)


def is_overdue(rectification: Any, today: date | None = None) -> bool:
    """Tell whether it should have been reported before today, by the deadline that holds now."""
    today = today or timezone.localdate()
    return rectification.state == RectificationState.ISSUED and rectification.rectify_by < today


def told_state(rectification: Any, today: date | None = None) -> dict[str, Any]:
    """Return the state with its tone, how late it is, and the deadline in words."""
    overdue, late = is_overdue(rectification, today), days_late(rectification, today)
    row = TABLE.state(rectification.state)
    return {
        "state": _("Overdue") if overdue else str(row.public),
        "tone": Tone.NEGATIVE if overdue else row.tone,
        "deadline": deadline_words(rectification),
        "late": late_words(rectification, late),
        "days": late,
    }


def late_words(rectification: Any, days: int) -> str:
    """Say how late it is, or was, against the first deadline."""
    if not days:
        return ""
    if rectification.state == RectificationState.ISSUED:
        words = ngettext(
            "%(days)s day past the first deadline", "%(days)s days past the first deadline", days
        )
    else:
        words = ngettext("rectified %(days)s day late", "rectified %(days)s days late", days)
    return words % {"days": days}


def deadline_words(rectification: Any) -> str:
    """Return the deadline, with the first one when it was moved."""
    current = date_format(rectification.rectify_by, "DATE_FORMAT")
    if rectification.first_deadline == rectification.rectify_by:
        return current
    original = date_format(rectification.first_deadline, "DATE_FORMAT")
    return _("originally %(original)s, moved to %(current)s") % {
        "original": original,
        "current": current,
    }
