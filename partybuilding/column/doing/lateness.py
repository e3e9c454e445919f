"""What a year did not keep, kept late, or moved: each promise with its reason and by how many days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.text.phrases import in_a_row
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import (
    explanation_of,
    lateness_words,
    marked,
    moved_words,
)
from partybuilding.projects.promises.progress import days_late, mark_of
from partybuilding.projects.states import ChangedPart, Mark

#: Promises kept late that stand in sight; the others are folded.
IN_SIGHT = 6
Entry = dict[str, Any]


def late_of(promises: Iterable[Commitment], request: HttpRequest, today: date) -> dict[str, Any]:
    """Return what of a year was not kept, kept late and moved, what lies furthest behind first."""
    rows = [(promise, mark_of(promise.promise, today)) for promise in promises]
    missed = [promise for promise, mark in rows if mark == Mark.MISSED]
    late = [promise for promise, mark in rows if mark == Mark.DONE_LATE]
    late.sort(key=lambda promise: (-days_late(promise.promise, today), promise.pk))
    most = days_late(late[0].promise, today) if late else 0
    entries = [late_entry(promise, request, today, most) for promise in late]
    moved = [entry for promise, _mark in rows for entry in moves_of(promise, request, today)]
    return {
        "missed": [missed_entry(promise, request, today) for promise in missed],
        "late": entries[:IN_SIGHT],
        "late_folded": entries[IN_SIGHT:],
        "late_count": len(entries),
        "moved": moved,
    }


def address_of(promise: Commitment, request: HttpRequest) -> str:
    """Return where a promise stands on the page of its project."""
    return f"{promise.project.page.get_url(request) or ''}#commitments"


def foot_of(promise: Commitment) -> list[str]:
    """Return whose promise it is and who answers for it."""
    project = promise.project
    who = {"person": promise.person, "post": promise.post}
    answers = (
        _("Responsible: %(person)s (%(post)s)") if promise.post else _("Responsible: %(person)s")
    )
    return [in_a_row(project.page.title, project.told.organization), answers % who]


def promised_words(promise: Commitment, today: date) -> str:
    """Say by when it was promised first, and how late it is."""
    at = promise.promise
    said = [lateness_words(at, today)]
    if at.original:
        day = {"deadline": date_format(at.original, "DATE_FORMAT")}
        said.insert(0, _("promised by %(deadline)s") % day)
    return pgettext("between clauses", ", ").join(filter(None, said))


def missed_entry(promise: Commitment, request: HttpRequest, today: date) -> Entry:
    """Return what `components/flag.html` shows of a promise that was not kept: why, and who answered for it."""
    why = explanation_of(promise)
    return {
        "href": address_of(promise, request),
        "title": promise.name,
        "state": str(Mark.MISSED.label),
        "meta": promised_words(promise, today),
        "lines": [{"label": _("Why:"), "text": why}] if why else [],
        "foot": foot_of(promise),
    }


def late_entry(promise: Commitment, request: HttpRequest, today: date, most: int) -> Entry:
    """Return a line of a promise that was kept late, with its days as a bar against the longest."""
    project = promise.project
    return {
        "href": address_of(promise, request),
        "title": promise.name,
        "meta": in_a_row(project.page.title, project.told.organization),
        "moved": moved_words(promise),
        "late": days_late(promise.promise, today),
        "most": most,
        **marked(promise.promise, today),
    }


def moves_of(promise: Commitment, request: HttpRequest, today: date) -> list[Entry]:
    """Return each move of the deadline of a promise: from when to when, why, how late by the first day."""
    late = days_late(promise.promise, today)
    return [
        {
            "href": address_of(promise, request),
            "title": promise.name,
            "project": promise.project.page.title,
            "old": change.old.day,
            "new": change.new.day,
            "reason": change.reason,
            "late": _("%(days)s days late by the first day") % {"days": late} if late else "",
        }
        for change in promise.applied_changes
        if change.step is None and change.part == ChangedPart.DEADLINE
    ]
