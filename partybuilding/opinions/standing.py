"""What the sender of an opinion reads about it: where it stands, its dates, what happens next, the answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import TONES
from partybuilding.opinions.states import OpinionState

S = OpinionState


def standing_of_opinion(opinion: Opinion) -> dict[str, Any]:
    """Return what its sender reads; who handles it is named by office alone."""
    row = opinion.state_row
    return {
        "number": opinion.number,
        "state": row.public,
        "tone": row.tone,
        "facts": list(_facts(opinion)),
        "next": next_words(opinion),
        "text": opinion.text,
        "answer": opinion.answer if opinion.state == S.ANSWERED else "",
        "outcome": opinion.get_outcome_display() if opinion.state == S.ANSWERED else "",
        "outcome_tone": TONES.get(opinion.outcome, "neutral"),
        "refusal": opinion.get_refusal_display(),
        "said": opinion.said,
        "published": opinion.published_at is not None,
        "pk": opinion.pk,
    }


def _facts(opinion: Opinion) -> Iterator[dict[str, Any]]:
    yield {"label": _("Receipt number"), "value": opinion.number}
    yield {"label": _("Received on"), "value": _day(timezone.localdate(opinion.created_at))}
    if opinion.project:
        yield {"label": _("About"), "value": str(opinion.project)}
    if opinion.commitment:
        yield {"label": _("Commitment"), "value": opinion.commitment.goal}
    yield {
        "label": _("Handled by"),
        "value": opinion.unit.name if opinion.unit else _("Organization Department"),
    }
    if opinion.accepted_on:
        yield {"label": _("Taken up on"), "value": _day(opinion.accepted_on)}
    if opinion.closed_on is None:
        yield {"label": _("To be answered by"), "value": _day(opinion.answer_by)}
    else:
        yield {"label": _("Closed on"), "value": _day(opinion.closed_on)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def next_words(opinion: Opinion) -> str:
    """Say what happens next; an opinion that is late says so."""
    if opinion.state == S.ANSWERED:
        return ""
    if opinion.state == S.REFUSED:
        return _("If you do not agree, please write again and say what was overlooked.")
    words = {"accept": _day(opinion.accept_by), "answer": _day(opinion.answer_by)}
    if opinion.days_late:
        return (
            _(
                "The answer was due on %(answer)s and is late. We are sorry; it is being pressed for."
            )
            % words
        )
    if opinion.state in (S.RECEIVED, S.TRANSFERRED):
        return _("It is taken up by %(accept)s and answered by %(answer)s.") % words
    if opinion.is_extended:
        return _("The matter takes longer; it is answered by %(answer)s.") % words
    return _("It is being handled and answered by %(answer)s.") % words
