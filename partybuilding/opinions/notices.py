"""Who is told what after a step of an opinion; the sender leaves no account and looks it up."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.organizations.selectors import people_with

REGISTER = "party_opinions_modeladmin_index"


def notices_for(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and the unit what the department decided."""
    write = _WRITERS.get(attempt.step)
    if write is not None:
        yield from write(opinion, attempt)


def notices_of_receipt(opinion: Opinion) -> Iterator[NoticeDraft]:
    """Tell those whose desk new opinions are on, in words that hold for all of a day."""
    yield NoticeDraft(
        holders(opinion),
        _("New opinions of residents have arrived"),
        _("Please take them up by %(day)s, or say why not.")
        % {"day": day_words(opinion.accept_by)},
        f"{reverse(REGISTER)}?desk=mine",
    )


def opinion_url(opinion: Opinion) -> str:
    """Return where staff see the opinion."""
    return reverse("partybuilding:opinion", args=[opinion.pk])


def holders(opinion: Opinion) -> Iterable[Any]:
    """Return the people of the unit that has it, or of the department."""
    if opinion.unit_id:
        return people_with(Role.UNIT, [opinion.unit_id])
    return people_with(Role.DEPARTMENT)


def _drafted(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    words = {"number": opinion.number, "day": day_words(opinion.answer_by)}
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Answer awaiting approval: %(number)s") % words,
        _("To be answered by %(day)s.") % words,
        opinion_url(opinion),
    )


def _passed_on(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        holders(opinion),
        _("An opinion was passed on to you: %(number)s") % {"number": opinion.number},
        attempt.reason,
        opinion_url(opinion),
    )


def _sent_back(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        holders(opinion),
        _("Draft of an answer sent back: %(number)s") % {"number": opinion.number},
        attempt.reason,
        opinion_url(opinion),
    )


def _approved(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        holders(opinion),
        _("Answer approved: %(number)s") % {"number": opinion.number},
        _("The sender can now read it."),
        opinion_url(opinion),
    )


_WRITERS: dict[str, Callable[[Opinion, Attempt], Iterator[NoticeDraft]]] = {
    "draft": _drafted,
    "transfer": _passed_on,
    "send_back": _sent_back,
    "approve": _approved,
}
