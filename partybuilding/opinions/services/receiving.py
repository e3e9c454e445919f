"""Receive an opinion: number and code, clock, whose desk, whether it is one of many alike."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.answers.wording import worded
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import note, post_notices
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.opinions.guards import LOOK_BACK, MANY, WITHIN, fingerprint, nearest
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.notices import notices_of_receipt
from partybuilding.opinions.receipts import code_hash, code_of, new_number, submission_of
from partybuilding.projects.models import Commitment, Project

TRIES = 5


@dataclass(frozen=True)
class Receipt:
    """What the sender notes: the number and the code, which is told here and nowhere else."""

    opinion: Opinion
    code: str


def receive(
    *,
    text: str,
    nonce: str,
    contact: str = "",
    project: Project | None = None,
    commitment: Commitment | None = None,
) -> Receipt:
    """Write an opinion of a resident down; the same form sent again gets the same receipt.

    Args:
        nonce: names the form; its stamp was checked.
        project: whom it concerns; the programme as a whole without one.
        commitment: one of the project's.

    Raises:
        ConditionUnmet: there is no programme year yet.
    """
    known = Opinion.objects.filter(submission=submission_of(nonce)).first()
    if known is not None:
        return Receipt(known, code_of(nonce))
    cycle = project.cycle if project else newest_cycle()
    if cycle is None:
        raise ConditionUnmet([_("The letterbox opens with the first programme year.")])
    opinion = Opinion(
        submission=submission_of(nonce),
        cycle=cycle,
        project=project,
        commitment=commitment,
        unit=project.organization.unit if project else None,
        text=text.strip(),
        contact=contact.strip(),
    )
    opinion.start_clock(timezone.localdate())
    opinion.due_on = opinion.accept_by
    _mark_likeness(opinion)
    return _write(opinion, nonce)


def newest_cycle() -> Cycle | None:
    """Return the year whose rules hold for what concerns no project."""
    return next(iter(_newest_cycle()), None)


@worded
def _newest_cycle() -> QuerySet[Cycle]:
    return Cycle.objects.exclude(state=CycleState.PREPARING).order_by("-year")[:1]


def _mark_likeness(opinion: Opinion) -> None:
    """Put it beside those that say the same, or else nearly the same, to the same unit within a day."""
    recent = Opinion.objects.filter(created_at__gte=timezone.now() - WITHIN)
    opinion.fingerprint = fingerprint(opinion.text, f"{opinion.unit_id or ''}")
    alike = _alike(recent, opinion.fingerprint)
    if not alike:
        newest = recent.filter(unit=opinion.unit_id).order_by("-pk")[:LOOK_BACK]
        group = nearest(opinion.text, newest.values_list("fingerprint", "text"))
        if group:
            opinion.fingerprint, alike = group, _alike(recent, group)
    opinion.is_similar = alike >= MANY - 1


def _alike(recent: QuerySet[Opinion], group: str) -> int:
    return recent.filter(fingerprint=group)[: MANY - 1].count()


def _write(opinion: Opinion, nonce: str) -> Receipt:
    """Save under a number that nobody has; two senders of the same form get one receipt."""
    for _try in range(TRIES):
        opinion.number = new_number(timezone.localdate())
        opinion.code_hash = code_hash(opinion.number, code_of(nonce))
        try:
            with transaction.atomic():
                opinion.save(force_insert=True)
                note(opinion, "receive", by=None)
                _tell(opinion)
        except IntegrityError:
            opinion.pk = None
            known = Opinion.objects.filter(submission=opinion.submission).first()
            if known is not None:
                return Receipt(known, code_of(nonce))
        else:
            return Receipt(opinion, code_of(nonce))
    raise RuntimeError("No receipt number is free.")


def _tell(opinion: Opinion) -> None:
    """Tell those whose desk it is on, once a day; a flood tells nobody a thousand times."""
    if not opinion.is_similar:
        key = f"opinions:{opinion.unit_id or 'department'}:{timezone.localdate():%Y-%m-%d}"
        post_notices(notices_of_receipt(opinion), key=key)
