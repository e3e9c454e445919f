"""A promise as one row of its project's table: what, who, by when and since when, how far."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import (
    explanation_of,
    lateness_words,
    marked,
    moved_words,
)
from partybuilding.projects.promises.progress import Promise


def row_of(commitment: Commitment, number: int, today: date, year: int) -> dict[str, Any]:
    """Return a promise as `components/promise_table.html` shows it, and its days apart for the sheet.

    Args:
        year: the calendar year that is told once above all dates.
    """
    promise = commitment.promise
    due, done = due_words(promise, year), done_words(promise, year)
    moved_to = moved_to_words(promise, year)
    parts = (_("by %(day)s") % {"day": due} if due else "", moved_to)
    ends = (_("done on %(day)s") % {"day": done} if done else "", lateness_words(promise, today))
    return {
        "number": number,
        "what": commitment.name,
        "person": commitment.person,
        "post": commitment.post,
        "due": due,
        "done": done,
        "moved_to": moved_to,
        "when": pgettext("between clauses", ", ").join(one for one in (*parts, *ends) if one),
        "moved": moved_words(commitment),
        "explanation": explanation_of(commitment),
        **marked(promise, today),
    }


def due_words(promise: Promise, year: int) -> str:
    """Write the first deadline."""
    return day_words(promise.original, year) if promise.original else ""


def moved_to_words(promise: Promise, year: int) -> str:
    """Say to which day the deadline was moved; nothing where it holds still."""
    if promise.current is None or promise.current == promise.original:
        return ""
    return _("moved to %(day)s") % {"day": day_words(promise.current, year)}


def done_words(promise: Promise, year: int) -> str:
    """Write the day on which it was kept."""
    is_told = promise.is_kept and promise.closed_on is not None
    return day_words(promise.closed_on, year) if is_told and promise.closed_on else ""


def day_words(day: date, year: int) -> str:
    """Write a day; its year is left out where it is the year that is told above."""
    if day.year != year:
        return date_format(day, "DATE_FORMAT")
    return _("%(month)s/%(day)s") % {"month": day.month, "day": day.day}


def year_of(commitments: Sequence[Commitment], usual: int) -> int:
    """Return the calendar year in which most deadlines lie; the usual one where they are as many."""
    years = [one.deadline.year for one in commitments if one.deadline]
    return max(set(years), key=lambda one: (years.count(one), one == usual), default=usual)
