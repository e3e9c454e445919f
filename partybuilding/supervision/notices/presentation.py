"""A feedback notice in words, as screens show it: to staff, to those concerned, and to residents."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Tone
from partybuilding.projects.states import Mark
from partybuilding.supervision import lateness
from partybuilding.supervision.notices.assembly import Content, Finding
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.states import TABLE, ActivityKind, Found, RectificationState
from partybuilding.supervision.wording import when_words

if TYPE_CHECKING:
    from partybuilding.supervision.models import Rectification


def kind_words(notice: FeedbackNotice) -> str:
    """Name what kind of notice it is: the quarter's, a supplementary one by its number, a correction."""
    words = _("Feedback notice")
    if notice.supplement:
        words = _("Supplementary notice no. %(number)s") % {"number": notice.supplement}
    return _("%(kind)s (correction)") % {"kind": words} if notice.corrects_id else words


def corrected_words(notice: FeedbackNotice) -> str:
    """Say which notice it corrects, and by which it was corrected; nothing for most."""
    said = []
    if notice.corrects:
        told = {"number": notice.corrects.number, "reason": notice.correction}
        said.append(_("Corrects %(number)s: %(reason)s") % told)
    if later := notice.corrected_by:
        told = {"number": later.number, "reason": later.correction}
        said.append(_("Corrected by %(number)s: %(reason)s") % told)
    return " ".join(said)


def days_late(rectification: "Rectification", today: date | None = None) -> int:
    """Return by how many calendar days the first deadline was missed so far; 0 when in time.

    Counted up to the day on which it was last reported; while it is with the organisation, up to today.
    No later deadline makes it disappear.
    """
    today = today or timezone.localdate()
    one = rectification
    return lateness.days_late(one.first_deadline, one.reported_on, one.state, today)


def is_overdue(rectification: "Rectification", today: date | None = None) -> bool:
    """Tell whether it should have been reported before today, by the deadline that holds now."""
    today = today or timezone.localdate()
    return rectification.state == RectificationState.ISSUED and rectification.rectify_by < today


def told_state(rectification: "Rectification", today: date | None = None) -> dict[str, Any]:
    """Return the state with its tone, how late it is, and the deadline in words."""
    overdue, late = is_overdue(rectification, today), days_late(rectification, today)
    row = TABLE.state(rectification.state)
    return {
        "state": _("Overdue") if overdue else str(row.public),
        "tone": Tone.NEGATIVE if overdue else row.tone,
        "mark": mark_of(rectification, overdue=overdue, late=late).value,
        "deadline": deadline_words(rectification),
        "late": late_words(rectification, late),
        "days": late,
    }


def mark_of(rectification: "Rectification", *, overdue: bool, late: int) -> Mark:
    """Return where it stands on the one scale of states."""
    if rectification.state == RectificationState.WITHDRAWN:
        return Mark.STOPPED
    if rectification.state == RectificationState.VERIFIED:
        return Mark.DONE_LATE if late else Mark.DONE
    return Mark.LATE if overdue else Mark.UNDER_WAY


def late_words(rectification: "Rectification", days: int) -> str:
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


def deadline_words(rectification: "Rectification") -> str:
    """Return the deadline, with the first one when it was moved."""
    current = date_format(rectification.rectify_by, "DATE_FORMAT")
    if rectification.first_deadline == rectification.rectify_by:
        return current
    original = date_format(rectification.first_deadline, "DATE_FORMAT")
    return _("originally %(original)s, moved to %(current)s") % {
        "original": original,
        "current": current,
    }


TONES = {
    Found.ON_TRACK.value: Tone.POSITIVE,
    Found.BEHIND.value: Tone.WAITING,
    Found.PROBLEM.value: Tone.NEGATIVE,
    Found.NOT_SEEN.value: Tone.NEUTRAL,
}


@dataclass(frozen=True)
class Reading:
    """A notice with its words; the findings with what became of them since."""

    notice: FeedbackNotice
    told: Content
    held: list[dict[str, Any]]
    checked: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    @property
    def corrected(self) -> str:
        """Which notice it corrects, and by which it was corrected."""
        return corrected_words(self.notice)


def reading_of(notice: FeedbackNotice, today: date | None = None) -> Reading:
    """Return how a notice reads now."""
    told = notice.told
    return Reading(
        notice,
        told,
        held=[
            {
                "kind": str(ActivityKind(visit.kind).label),
                "held_on": visit.held_on,
                "summary": visit.summary,
            }
            for visit in told.held
        ],
        checked=[
            {
                "number": check.number,
                "goal": check.goal,
                "found": str(Found(check.found).label),
                "tone": TONES[check.found],
                "remark": check.remark,
            }
            for check in told.checked
        ],
        findings=findings_of(notice, today),
    )


def findings_of(notice: FeedbackNotice, today: date | None = None) -> list[dict[str, Any]]:
    """Return the findings of a notice; those of a draft have no row of their own yet."""
    today = today or timezone.localdate()
    if notice.state == FeedbackState.DRAFT:
        return [
            {
                "number": number,
                "finding": one.finding,
                "requirement": one.requirement,
                "deadline": date_format(one.deadline, "DATE_FORMAT"),
                "then": then_words(one),
            }
            for number, one in enumerate(notice.told.findings, start=1)
        ]
    then = {one.rectification: then_words(one) for one in notice.told.findings}
    return [
        {**finding_entry(row, today), "then": then.get(row.rectification_id, "")}
        for row in notice.findings.all()
    ]


def then_words(one: Finding) -> str:
    """Say where a finding stood on the day of the notice; nothing in notices of before this was kept."""
    if not one.state:
        return ""
    words = str(TABLE.state(one.state).label)
    return f"{words}（{day_words(one.since)}）" if one.since and not one.is_asked_for else words


def finding_entry(row: NoticeFinding, today: date) -> dict[str, Any]:
    """Return one finding with the state of its rectification in words."""
    return {
        "number": row.order,
        "finding": row.finding,
        "requirement": row.requirement,
        **told_state(row.rectification, today),
    }


def heading_of(notice: FeedbackNotice) -> str:
    """Return its quarter and number in one line."""
    facts = {"quarter": when_words(notice.told), "number": notice.number}
    words = _("%(quarter)s: %(number)s") % facts
    if notice.supplement or notice.corrects_id:
        return _("%(heading)s, %(kind)s") % {"heading": words, "kind": kind_words(notice)}
    return words
