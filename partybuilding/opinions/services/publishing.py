"""Decide whether everybody may read an exchange: the department's decision, once, never unredacted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.permissions import user_can_decide_publication
from partybuilding.opinions.redaction import left_in
from partybuilding.opinions.states import OpinionState, Withheld


def publish_exchange(opinion: Opinion, *, by: AnyUser, question: str) -> Opinion:
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


def withhold_exchange(opinion: Opinion, *, by: AnyUser, withheld: str) -> Opinion:
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


def _locked(opinion: Opinion, by: AnyUser) -> Opinion:
    locked = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if not user_can_decide_publication(locked, by):
        raise NotYours([_("Whether it is published, the Organization Department decides.")])
    if locked.state != OpinionState.ANSWERED:
        raise WrongState([_("Only answered opinions are published.")])
    return locked
