"""Write the rules by which a year is judged: with the year's own rules, or once, later, with a reason."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.rules import Sentence
from partybuilding.core.services import note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.models import EvaluationRules, SheetCriterion
from partybuilding.evaluation.models.year import DELIVERED
from partybuilding.evaluation.states import RunState
from partybuilding.evaluation.year_rules import faults_of_rules


def delivered_rules(cycle: Cycle) -> EvaluationRules:
    """Return the rules of a year: as they were saved, or not saved yet as they are delivered."""
    found = EvaluationRules.objects.filter(cycle=cycle).first()
    if found is not None:
        return found
    rules = EvaluationRules(cycle=cycle)
    rules.criteria = [
        SheetCriterion(
            for_peers=for_peers,
            name=str(name),
            description=str(description),
            points=points,
            sort_order=place,
        )
        for place, (for_peers, name, description, points) in enumerate(DELIVERED)
    ]
    return rules


def save_evaluation_rules(
    rules: EvaluationRules, *, by: AnyUser, reason: str = "", seen: datetime | None = None
) -> EvaluationRules:
    """Save how a year is judged; where the year's own rules are frozen, once and with a reason (补充评审规则).

    Args:
        reason: asked when the year's rules are in use already.
        seen: the `updated_at` that a form showed, when there was a form.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: they are in use.
        Overtaken: somebody saved them since the form was opened.
        ConditionUnmet: points do not add up to 100, or the reason is missing.
    """
    if not user_can_edit_cycle(rules.cycle, by):
        raise NotYours([_("Only the Organization Department keeps the rules of the year.")])
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update().get(pk=rules.cycle_id)
        stored = EvaluationRules.objects.filter(cycle=cycle).first()
        if stored is not None and stored.is_frozen:
            raise Frozen([_("The rules of this evaluation are in use and no longer change.")])
        if stored is not None and seen is not None and stored.updated_at != seen:
            raise Overtaken([_("Somebody changed these rules meanwhile; look at them first.")])
        faults = list(faults_of_rules(rules))
        if cycle.is_frozen and not has_words(reason):
            faults.append(_("Give the reason for supplementing the rules of a year in use."))
        if faults:
            raise ConditionUnmet(faults)
        if cycle.is_frozen:
            rules.supplemented = reason
            rules.freeze()
        rules.save()
        _note(rules, by, reason)
    return rules


def _note(rules: EvaluationRules, by: AnyUser, reason: str = "") -> None:
    kept = EvaluationRules.objects.get(pk=rules.pk)
    data = {"digest": digest(kept.written())}
    note(rules.cycle, "evaluation_rules", by=by, reason=reason, data=data)


def freeze_with_the_year(sender: Any, *, record: Cycle, attempt: Attempt, **_kwargs: Any) -> None:
    """Keep the rules with which a year opens, delivered ones too; taken back, they can be changed again."""
    if attempt.step == "open_applications":
        rules = delivered_rules(record)
        rules.freeze()
        rules.save()
        _note(rules, attempt.by)
    elif attempt.step == "take_back_opening":
        EvaluationRules.objects.filter(cycle=record).update(frozen_at=None)


def what_keeps_from_announcing(cycle: Cycle) -> Iterator[Sentence]:
    """Yield why the results of a year cannot be announced by themselves: they go with its run."""
    judged = EvaluationRules.objects.filter(cycle=cycle).exists()
    if judged and not cycle.runs.filter(state=RunState.ANNOUNCED).exists():
        yield _("The results are announced with the run of the evaluation.")
