"""What a project's page shows of its promises: a card for each, its state in words, how many stand where."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.promises.progress import Promise, days_late, mark_of, state_of
from partybuilding.projects.states import RESULTS_IN, ChangedPart, CommitmentState, Mark


def state_words(promise: Promise, today: date) -> str:
    """Return the word of the state; one that was kept late, or not in its year, says so for ever."""
    state = state_of(promise, today)
    late = days_late(promise, today)
    if mark_of(promise, today) == Mark.MISSED:
        return str(Mark.MISSED.label)
    if state == CommitmentState.DONE and late:
        return _("%(state)s (%(days)s days late)") % {"state": state.label, "days": late}
    return str(state.label)


def marked(promise: Promise, today: date) -> dict[str, Any]:
    """Return what `components/state.html` takes of a promise: mark, word, and how many days late."""
    mark, late = mark_of(promise, today), days_late(promise, today)
    state = state_of(promise, today)
    told: dict[str, Any] = {"mark": mark.value, "state": str(state.label), "days": ""}
    if mark == Mark.MISSED:
        return {**told, "state": str(mark.label)}
    if mark == Mark.LATE and late:
        return {**told, "state": _("%(days)s days overdue") % {"days": late}}
    if mark == Mark.DONE_LATE:
        return {**told, "days": _("(%(days)s days late)") % {"days": late}}
    return told


def moved_words(commitment: Commitment) -> str:
    """Return the mark beside the state of a promise that was changed: how often its deadline moved, and what else."""
    parts = Counter(change.part for change in commitment.applied_changes if change.step is None)
    told = []
    if moves := parts.pop(ChangedPart.DEADLINE, 0):
        told.append(_("moved %(count)s times") % {"count": moves})
    if parts.pop(ChangedPart.PERSON, 0):
        told.append(_("another person answers for it"))
    if parts:
        told.append(_("words changed"))
    return pgettext("between states", ", ").join(told)


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


def standing_words(promise: Promise, today: date) -> dict[str, Any]:
    """Return where a promise stands, as a tag with its marks."""
    return {
        "state": state_words(promise, today),
        "tone": state_of(promise, today).tone,
        "late": lateness_words(promise, today),
        "adjusted": changes_words(promise),
        "deadline": deadline_words(promise),
    }


def card_of(commitment: Commitment, number: int, today: date) -> dict[str, Any]:
    """Return what the card of a commitment shows; its steps are fetched."""
    promise = commitment.promise
    return {
        "number": number,
        "id": f"commitment-{number}",
        "goal": commitment.goal,
        "person": commitment.person,
        "post": commitment.post,
        "explanation": explanation_of(commitment),
        "done": promise.closed,
        "total": promise.steps,
        "steps": [step_of(step, today) for step in commitment.steps.all()],
        **standing_words(promise, today),
    }


def explanation_of(commitment: Commitment) -> str:
    """Return why it was not kept, once the results are handed in; empty for one that was."""
    told = commitment.project.state in RESULTS_IN and not commitment.promise.is_kept
    return commitment.explanation if told else ""


def step_of(step: CommitmentStep, today: date) -> dict[str, Any]:
    """Return what the card shows of a step: deadline and state, and once closed the evidence."""
    closed = step.is_closed
    return {
        "title": step.title,
        "closed_on": step.closed_on if closed else None,
        "evidence": step.evidence if closed else "",
        **standing_words(step.promise, today),
    }


def summary_words(commitments: Iterable[Commitment], today: date) -> str:
    """Return in a sentence how many promises there are, and how many stand where."""
    counts = Counter(state_of(commitment.promise, today) for commitment in commitments)
    told = (state for state in SUMMARY_ORDER if counts[state])
    parts = [_("%(state)s: %(count)s") % {"state": s.label, "count": counts[s]} for s in told]
    return _("%(count)s commitments: %(parts)s.") % {
        "count": sum(counts.values()),
        "parts": pgettext("between states", ", ").join(parts),
    }


#: How residents are told: what was kept first, then what is late.
SUMMARY_ORDER = (
    CommitmentState.DONE,
    CommitmentState.OVERDUE,
    CommitmentState.UNDER_WAY,
    CommitmentState.NOT_STARTED,
    CommitmentState.TERMINATED,
)
