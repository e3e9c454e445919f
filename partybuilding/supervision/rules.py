"""What must hold before something is recorded or a rectification takes a step: pure questions."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.wording import day_words
from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict, within
from partybuilding.core.text.personal_data import findings as numbers_in
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.corrections import VisitNote
from partybuilding.supervision.states import HELD, LOOKING, Found

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle
    from partybuilding.supervision.models import Activity, Rectification


def can_be_recorded(activity: "Activity") -> Verdict:
    """Ask whether it is an activity that somebody goes to, and was not recorded yet."""
    if activity.kind not in HELD:
        return refuse(_("A feedback notice is written, not held; it is done when it is issued."))
    return refuse(_("This activity is already recorded.")) if activity.done_on else YES


def fits_the_quarter(activity: "Activity", day: date, today: date) -> Verdict:
    """Ask whether a day lies in the time of an activity: from its quarter's first day, and not ahead."""
    begins = begins_on(activity)
    return verdict(
        sentence
        for wrong, sentence in (
            (day > today, _("What is recorded cannot lie in the future.")),
            (
                day < begins,
                _("This activity belongs to the time from %(day)s on.")
                % {"day": day_words(begins)},
            ),
        )
        if wrong
    )


def begins_on(activity: "Activity") -> date:
    """Return the first day that counts for an activity: of its quarter, but not before publication."""
    first = Quarter(activity.year, activity.quarter).first
    published = activity.project.commitments_published_at
    return max(first, timezone.localdate(published)) if published else first


def latest_deadline(cycle: "Cycle", today: date) -> date:
    """Return the last day by which a finding may be asked to be put right.

    The end of the year's work; what is found at its very end still gets the year's usual time.
    """
    return max(cycle.ends_on, add_working_days(today, cycle.rectification_days))


def can_be_planned_for(activity: "Activity", day: date, today: date) -> Verdict:
    """Ask whether an activity can still be planned for a day: ahead, and in time unless it is late."""
    return verdict(
        sentence
        for wrong, sentence in (
            (activity.done_on is not None, _("It was held already.")),
            (day < max(today, begins_on(activity)), _("The day lies before the time for it.")),
            (
                activity.due_on >= today and day > activity.due_on,
                _("The day lies after the last day for it, %(day)s.")
                % {"day": day_words(activity.due_on)},
            ),
            (
                activity.due_on < today and day > max(today, activity.project.cycle.ends_on),
                _("The day lies after the end of the year's work, %(day)s.")
                % {"day": day_words(activity.project.cycle.ends_on)},
            ),
        )
        if wrong
    )


def note_is_complete(
    note: VisitNote, activity: "Activity", commitments: set[int], today: date
) -> Verdict:
    """Ask whether everything needed is written down, and nothing that may not be public."""
    latest = latest_deadline(activity.project.cycle, today)
    looks = bool(commitments) and activity.kind in LOOKING
    gaps = _gaps(note, commitments, looks=looks)
    return verdict([*gaps, *_wrong_deadlines(note, today, latest), *_numbers(note)])


def _wrong_deadlines(note: VisitNote, today: date, latest: date) -> Iterator[Sentence]:
    for number, one in enumerate(note.findings, start=1):
        if one.rectify_by <= today:
            yield _("Finding %(number)s needs a deadline after today.") % {"number": number}
        elif one.rectify_by > latest:
            told = {"number": number, "day": latest}
            yield _("Finding %(number)s is to be put right by %(day)s at the latest.") % told


def _gaps(note: VisitNote, commitments: set[int], *, looks: bool) -> Iterator[Sentence]:
    if not has_words(note.participants):
        yield _("Say who was there.")
    if not has_words(note.summary):
        yield _("Say what was seen.")
    for number, one in enumerate(note.findings, start=1):
        if not (has_words(one.finding) and has_words(one.requirement)):
            yield _("Finding %(number)s needs what was found and what is asked for.") % {
                "number": number
            }
    named = {one.commitment for one in note.findings} - {None}
    if not {*named, *(check.commitment for check in note.checks)} <= commitments:
        yield _("Choose commitments of this project.")
    remarks = [note.good_practice, *(check.remark for check in note.checks)]
    if any(text.strip() and not has_words(text) for text in remarks):
        yield _("Please say it in words; signs alone say nothing.")
    if any(check.found not in Found for check in note.checks):
        yield _("Say of each commitment how it stands.")
    if looks and all(check.found == Found.NOT_SEEN for check in note.checks):
        yield _("Say of one commitment at least how it stands: without that it was no supervision.")


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


def asks_what_was_done(rectification: "Rectification", attempt: Attempt) -> Verdict:
    """Require words on what was done, fit to be public."""
    if not has_words(attempt.reason, TOLD):
        return refuse(_("Say what was done to rectify it."))
    return verdict(_named_numbers([attempt.reason]))


def asks_new_deadline(rectification: "Rectification", attempt: Attempt) -> Verdict:
    """Require a new deadline to come."""
    day = deadline_in(attempt)
    if day is None:
        return refuse(_("Give a new deadline after today."))
    return deadline_fits(day, rectification.project.cycle, timezone.localdate(attempt.at))


def deadline_fits(day: date, cycle: "Cycle", today: date) -> Verdict:
    """Ask whether a finding can be put right by a day: after today, and inside the year's work."""
    if day <= today:
        return refuse(_("Give a new deadline after today."))
    return within(day, None, latest_deadline(cycle, today))


def deadline_in(attempt: Attempt) -> date | None:
    """Return the new deadline that a step brings; None when there is none, or it is no day."""
    try:
        return date.fromisoformat(str(attempt.data.get("rectify_by", "")))
    except ValueError:
        return None
