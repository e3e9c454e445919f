"""A feedback notice as screens show it: to staff, to those who carry the project out, and to residents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Tone
from partybuilding.supervision.notices.content import Content, Finding
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.notices.words import corrected_words, kind_words, told_state
from partybuilding.supervision.states import TABLE, ActivityKind, Found
from partybuilding.supervision.wording import when_words

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
