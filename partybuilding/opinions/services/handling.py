"""Handle many opinions at once, and forget how to reach the senders of those that are closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.registry import ConditionUnmet, NotYours, Refusal, WrongState
from partybuilding.core.services import move, note
from partybuilding.core.text.validators import has_words
from partybuilding.opinions.answers import left_in
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.permissions import user_can_decide_publication
from partybuilding.opinions.states import OpinionState, Withheld


@dataclass(frozen=True)
class Outcome:
    """What became of one of many."""

    opinion: Opinion
    refused: str = ""

    @property
    def ok(self) -> bool:
        """Whether the step was taken."""
        return not self.refused


def refuse_many(
    opinions: Iterable[Opinion],
    *,
    by: Any,
    refusal: str,
    reason: str,
    seen: Mapping[int, str] | None = None,
) -> list[Outcome]:
    """Refuse many opinions with the same words, each on its own, and report each one's result.

    Args:
        refusal: the class of reasons.
        seen: by key, the version in which the person saw it.
    """
    batch, outcomes = uuid4(), []
    for opinion in opinions:
        try:
            moved = move(
                opinion,
                "refuse",
                by=by,
                reason=reason,
                data={"refusal": refusal},
                batch=batch,
                seen=(seen or {}).get(opinion.pk, ""),
            )
        except Refusal as refused:
            outcomes.append(Outcome(opinion, str(refused)))
        else:
            outcomes.append(Outcome(moved))
    return outcomes


def clear_contacts(days: int) -> int:
    """Forget how to reach the senders of what was closed so many days ago; returns of how many."""
    until = timezone.localdate() - timedelta(days=days)
    due = Opinion.objects.filter(closed_on__lte=until).exclude(contact="")
    return due.update(contact="", contact_cleared_at=timezone.now())


def publish_exchange(opinion: Opinion, *, by: Any, question: str) -> Opinion:
    """Publish an answered opinion: the question as redacted, and the answer.

    Raises:
        NotYours: the department decides, nobody of whom it is about.
        WrongState: it is not answered, or was published before.
        ConditionUnmet: the question is empty, or a person's number stands in question or answer.
    """
    with transaction.atomic():
        locked = _locked(opinion, by)
        question = question.strip()
        if locked.published_at is not None:
            raise WrongState([_("This exchange is published already.")])
        if not has_words(question):
            raise ConditionUnmet([_("Write the question as everybody may read it.")])
        left = [*left_in(question), *left_in(locked.answer)]
        if left:
            sentence = _("Mask this first: %(kind)s, %(excerpt)s")
            raise ConditionUnmet(
                sentence % {"kind": kind, "excerpt": excerpt} for kind, excerpt in left
            )
        locked.published_question, locked.published_at = question, timezone.now()
        locked.withheld = ""
        locked.save()
        note(locked, "publish", by=by, data={"question": question})
    return locked


def withhold_exchange(opinion: Opinion, *, by: Any, withheld: str) -> Opinion:
    """Decide that an exchange is not published, or no longer; it counts in the statistics all the same.

    Raises:
        NotYours: the department decides, nobody of whom it is about.
        WrongState: it is not answered.
        ConditionUnmet: no class of reasons was chosen.
    """
    with transaction.atomic():
        locked = _locked(opinion, by)
        if withheld not in Withheld:
            raise ConditionUnmet([_("Choose why it is not published.")])
        locked.published_at, locked.withheld = None, withheld
        locked.save()
        note(locked, "withhold", by=by, reason=str(Withheld(withheld).label))
    return locked


def _locked(opinion: Opinion, by: Any) -> Opinion:
    locked = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if not user_can_decide_publication(locked, by):
        raise NotYours([_("Whether it is published, the Organization Department decides.")])
    if locked.state != OpinionState.ANSWERED:
        raise WrongState([_("Only answered opinions are published.")])
    return locked
