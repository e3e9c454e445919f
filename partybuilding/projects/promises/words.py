"""A promise in words: its state with how late it was kept, its deadline, the marks beside the state."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.projects.promises.progress import Promise, days_late, state_of
from partybuilding.projects.states import CommitmentState


def state_words(promise: Promise, today: date) -> str:
    """Return the word of the state; one that was kept late says so for ever."""
    state = state_of(promise, today)
    late = days_late(promise, today)
    if state == CommitmentState.DONE and late:
        return _("%(state)s (%(days)s days late)") % {"state": state.label, "days": late}
    return str(state.label)


def lateness_words(promise: Promise, today: date) -> str:
    """Return how late a promise is against its original deadline, where the state does not say it."""
    late, state = days_late(promise, today), state_of(promise, today)
    if not late or state == CommitmentState.DONE:
        return ""
    if state == CommitmentState.TERMINATED:
        return _("%(days)s days overdue when terminated") % {"days": late}
    if promise.filed_on:
        return _("%(days)s days overdue when archived") % {"days": late}
    if promise.original != promise.current:
        return _("%(days)s days past the original deadline") % {"days": late}
    return _("%(days)s days past the deadline") % {"days": late}


def deadline_words(promise: Promise) -> str:
    """Return the deadline, with the original one when it was moved."""
    if promise.current is None:
        return ""
    current = date_format(promise.current, "DATE_FORMAT")
    if promise.original is None or promise.original == promise.current:
        return current
    original = date_format(promise.original, "DATE_FORMAT")
    return _("originally %(original)s, moved to %(current)s") % {
        "original": original,
        "current": current,
    }


def changes_words(promise: Promise) -> str:
    """Return the mark beside the state of a promise that was changed after its publication."""
    return _("Adjusted (%(count)s times)") % {"count": promise.changes} if promise.changes else ""
