"""What must hold before something is recorded or a rectification takes a step: pure questions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.attempts import Attempt
from partybuilding.core.personal_data import findings as numbers_in
from partybuilding.core.rules import YES, Sentence, Verdict, no, verdict
from partybuilding.core.validators import TOLD, has_words
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.notes import VisitNote
from partybuilding.supervision.states import HELD, Found


def can_be_recorded(activity: Any) -> Verdict:
    """Ask whether it is an activity that somebody goes to, and was not recorded yet."""
    if activity.kind not in HELD:
        return no(_("A feedback notice is written, not held; it is done when it is issued."))
    return no(_("This activity is already recorded.")) if activity.done_on else YES


def fits_the_quarter(activity: Any, day: date, today: date) -> Verdict:
    """Ask whether a day lies in the time of an activity: from its quarter's first day, and not ahead."""
    begins = begins_on(activity)
    return verdict(
        sentence
        for wrong, sentence in (
            (day > today, _("What is recorded cannot lie in the future.")),
            (
                day < begins,
                _("This activity belongs to the time from %(day)s on.") % {"day": begins},
            ),
        )
        if wrong
    )


def begins_on(activity: Any) -> date:
    """Return the first day that counts for an activity: of its quarter, but not before publication."""
    first = Quarter(activity.year, activity.quarter).first
    published = activity.project.commitments_published_at
    return max(first, timezone.localdate(published)) if published else first


def can_be_planned_for(activity: Any, day: date, today: date) -> Verdict:
    """Ask whether an activity can still be planned for a day: ahead, and in time unless it is late."""
    return verdict(
        sentence
        for wrong, sentence in (
            (activity.done_on is not None, _("It was held already.")),
            (day < max(today, begins_on(activity)), _("The day lies before the time for it.")),
            (
                activity.due_on >= today and day > activity.due_on,
                _("The day lies after the last day for it, %(day)s.") % {"day": activity.due_on},
            ),
        )
        if wrong
    )


def note_is_complete(note: VisitNote, commitments: set[int], today: date) -> Verdict:
    """Ask whether everything needed is written down, and nothing that may not be public."""
    return verdict([*_gaps(note, commitments, today), *_numbers(note)])


def _gaps(note: VisitNote, commitments: set[int], today: date) -> Iterator[Sentence]:
    if not has_words(note.participants):
        yield _("Say who was there.")
    if not has_words(note.summary):
        yield _("Say what was seen.")
    for number, one in enumerate(note.findings, start=1):
        if not (has_words(one.finding) and has_words(one.requirement)):
            yield _("Finding %(number)s needs what was found and what is asked for.") % {
                "number": number
            }
        if one.rectify_by <= today:
            yield _("Finding %(number)s needs a deadline after today.") % {"number": number}
    named = {one.commitment for one in note.findings} - {None}
    if not {*named, *(check.commitment for check in note.checks)} <= commitments:
        yield _("Choose commitments of this project.")
    remarks = [note.good_practice, *(check.remark for check in note.checks)]
    if any(text.strip() and not has_words(text) for text in remarks):
        yield _("Please say it in words; signs alone say nothing.")
    if any(check.found not in Found for check in note.checks):
        yield _("Say of each commitment how it stands.")


def _numbers(note: VisitNote) -> Iterator[Sentence]:
    """Name the numbers of persons: all of this but who was there is public with the record."""
    texts = [note.participants, note.summary, note.good_practice]
    texts += [check.remark for check in note.checks]
    texts += [text for one in note.findings for text in (one.finding, one.requirement)]
    return _named_numbers(texts)


def _named_numbers(texts: list[str]) -> Iterator[Sentence]:
    words = _("What is written here becomes public and contains a %(kind)s: %(excerpt)s")
    return (
        words % {"kind": found.kind.label, "excerpt": found.excerpt}
        for text in texts
        for found in numbers_in(text)
    )


def asks_what_was_done(rectification: Any, attempt: Attempt) -> Verdict:
    """Require words on what was done, fit to be public."""
    if not has_words(attempt.reason, TOLD):
        return no(_("Say what was done to rectify it."))
    return verdict(_named_numbers([attempt.reason]))


def asks_new_deadline(rectification: Any, attempt: Attempt) -> Verdict:
    """Require a new deadline to come."""
    day = deadline_in(attempt)
    if day is None or day <= timezone.localdate(attempt.at):
        return no(_("Give a new deadline after today."))
    return YES


def deadline_in(attempt: Attempt) -> date | None:
    """Return the new deadline that a step brings; None when there is none, or it is no day."""
    try:
        return date.fromisoformat(str(attempt.data.get("rectify_by", "")))
    except ValueError:
        return None
