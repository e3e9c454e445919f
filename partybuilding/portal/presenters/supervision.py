"""Supervision for those who are supervised: what was held, what was found, what is to be done; no officer's name."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.wording import day_words
from partybuilding.core.models import Attachment, Purpose, TransitionRecord
from partybuilding.core.states import Role
from partybuilding.portal.presenters.wording import days_left, side
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.corrections import told
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.states import HELD, TABLE, RectificationState
from partybuilding.supervision.wording import (
    activity_late_words,
    correction_words,
    deadline_words,
    late_words,
    when_words,
)

#: The side that notes a finding; the steps name theirs in the table.
ISSUED_BY = Role.TASK_FORCE
#: Steps whose words are addressed to the organisation, or are its own.
TOLD = frozenset({"report_done", "send_back", "withdraw", "correct"})


def finding_item(one: Rectification) -> dict[str, Any]:
    """Return one finding of a list: state, by when, how late."""
    waits = one.state == RectificationState.ISSUED
    note = days_left(one.rectify_by) if waits else late_words(one.days_late())
    words = _("Please rectify by %(day)s and report it.")
    return {
        "title": one.finding,
        "href": reverse("portal:rectification", args=[one.project_id, one.pk]),
        "state": one.state_row.label,
        "tone": one.state_row.tone,
        "due": words % {"day": day_words(one.rectify_by)} if waits else "",
        "due_note": note,
        "late": one.is_overdue() if waits else bool(note),
    }


def finding_facts(one: Rectification) -> list[dict[str, Any]]:
    """Return what a finding is about, as label and value."""
    activity = one.activity
    return [
        {"label": _("Found at"), "value": f"{when_words(activity)} {activity.get_kind_display()}"},
        {"label": _("Commitment concerned"), "value": str(one.commitment or "")},
        {"label": _("What is asked for"), "value": one.requirement},
        {"label": _("To be rectified by"), "value": deadline_words(one)},
        {"label": _("Late"), "value": late_words(one.days_late())},
        {"label": _("Correction"), "value": corrections(one)},
    ]


def corrections(recorded: Any) -> str:
    """Return what of a finding or a visit's record was corrected, line by line."""
    return "\n".join(map(correction_words, told(recorded.corrections)))


def rounds(activities: Iterable[Activity]) -> Iterator[dict[str, Any]]:
    """Yield the activities that were held, the last one first, as a timeline shows them."""
    held = [one for one in activities if one.done_on is not None]
    for one in sorted(held, key=lambda activity: activity.done_on or date.min, reverse=True):
        visit = getattr(one, "visit", None)
        late = activity_late_words(one)
        yield {
            "when": one.done_on,
            "title": one.get_kind_display(),
            "who": when_words(one),
            "text": "\n".join(filter(None, (visit.summary, corrections(visit)))) if visit else "",
            "state": late,
            "tone": "waiting" if late else "positive",
        }


def coming(activities: Iterable[Activity]) -> list[str]:
    """Return in words what is to be held in this quarter and the next."""
    last = Quarter.of(timezone.localdate()).following.last
    words = _("%(when)s: %(kind)s, by %(day)s")
    planned = _("%(when)s: %(kind)s, planned for %(day)s")
    return [
        (planned if one.planned_on else words)
        % {
            "when": when_words(one),
            "kind": one.get_kind_display(),
            "day": day_words(one.planned_on or one.due_on),
        }
        for one in activities
        if one.done_on is None and one.kind in HELD and one.due_on <= last
    ]


def course(one: Rectification, trail: Iterable[TransitionRecord]) -> list[dict[str, Any]]:
    """Return the timeline of a finding, newest first: sides, and what was told."""
    told = [row for row in trail if row.step != "attach"]
    return [_entry(one, row) for row in reversed(told)]


def _entry(one: Rectification, row: TransitionRecord) -> dict[str, Any]:
    known = TABLE.has_step(row.step)
    role = TABLE.step(row.step).sources[row.from_state][0] if known else ISSUED_BY
    return {
        "when": timezone.localtime(row.at),
        "title": row.step_label,
        "who": side(role, one.project),
        "text": row.reason if row.step in TOLD else "",
        "tone": TABLE.step(row.step).tone if known else "neutral",
    }


def evidence(one: Rectification) -> list[dict[str, Any]]:
    """Return the organisation's own evidence, as a list of files."""
    return [_file(file) for file in one.attachments.all() if file.purpose == Purpose.APPLICATION]


def _file(file: Attachment) -> dict[str, Any]:
    href = reverse("portal:file", args=[file.pk])
    return {"name": file.name, "href": href, "kind": file.kind.upper(), "size": file.size}
