"""Who is told what after a step of an opinion; the sender leaves no account and looks it up."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.opinions import texts as words
from partybuilding.opinions.models import Opinion
from partybuilding.organizations.selectors import people_with
from partybuilding.texts.messages import notice_draft

REGISTER = "party_opinions_modeladmin_index"


def notices_for(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and the unit what the department decided."""
    write = _WRITERS.get(attempt.step)
    if write is not None:
        yield from write(opinion, attempt)


def notices_of_receipt(opinion: Opinion) -> Iterator[NoticeDraft]:
    """Tell those whose desk new opinions are on, in words that hold for all of a day."""
    said = {"受理期限": day_words(opinion.accept_by)}
    yield notice_draft(words.ARRIVED, holders(opinion), said, f"{reverse(REGISTER)}?desk=mine")


def opinion_url(opinion: Opinion) -> str:
    """Return where staff see the opinion."""
    return reverse("partybuilding:opinion", args=[opinion.pk])


def holders(opinion: Opinion) -> Iterable[Any]:
    """Return the people of the unit that has it, or of the department."""
    if opinion.unit_id:
        return people_with(Role.UNIT, [opinion.unit_id])
    return people_with(Role.DEPARTMENT)


def _drafted(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
    told, said = people_with(Role.DEPARTMENT), words.said_of(opinion)
    yield notice_draft(words.DRAFTED, told, said, opinion_url(opinion))


def _told(wording: Wording) -> Callable[[Opinion, Attempt], Iterator[NoticeDraft]]:
    """Tell those who have it now."""

    def write(opinion: Opinion, attempt: Attempt) -> Iterator[NoticeDraft]:
        said = words.said_of(opinion, attempt.reason)
        yield notice_draft(wording, holders(opinion), said, opinion_url(opinion))

    return write


_WRITERS: dict[str, Callable[[Opinion, Attempt], Iterator[NoticeDraft]]] = {
    "draft": _drafted,
    "transfer": _told(words.PASSED_ON),
    "send_back": _told(words.SENT_BACK),
    "approve": _told(words.APPROVED),
}
