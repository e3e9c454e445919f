"""Propose a change of a published commitment; the department decides through the door."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.rules import fit_for_all, together
from partybuilding.core.services import note, post_notices
from partybuilding.core.services.door import due_date
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import CommitmentChange
from partybuilding.progress.notices import told_of_new_change
from partybuilding.progress.permissions import user_can_propose_change
from partybuilding.progress.rules import is_news, is_still_open
from partybuilding.progress.states import OF_COMMITMENT, OF_STEP, ChangeState
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.states import ChangedPart


def propose_change(
    target: Commitment | CommitmentStep,
    part: str,
    *,
    by: AnyUser,
    reason: str,
    text: str = "",
    post: str = "",
    day: Any = None,
) -> CommitmentChange:
    """Propose that one part of a commitment or step reads anew.

    Args:
        part: one of `OF_COMMITMENT`, or of `OF_STEP` for a step.
        reason: public once the change is approved.
        text: the new goal, the new words of the step, or the name of the new person.
        post: the post of the new person.
        day: the new deadline.

    Raises:
        Frozen: the project is not being implemented, or the user is not of its leading organisation.
        ConditionUnmet: nothing new, kept already, outside the year, proposed already, or not fit for all.
    """
    step = target if isinstance(target, CommitmentStep) else None
    commitment = target.commitment if isinstance(target, CommitmentStep) else target
    if part not in (OF_STEP if step else OF_COMMITMENT):
        raise ConditionUnmet([_("This cannot be changed.")])
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=commitment.project_id)
        if not user_can_propose_change(project, by):
            raise Frozen([_("Changes are proposed while the project is being implemented.")])
        assert by.is_authenticated
        change = CommitmentChange(
            project=project,
            commitment=commitment,
            step=step,
            part=part,
            reason=reason.strip(),
            proposed_by=by,
            **_before(target, part),
            **_afterwards(part, text.strip(), post.strip(), day),
        )
        _refuse_unfit(change)
        change.due_on = due_date(change, timezone.localdate())
        change.save()
        facts = {"part": part, "from": str(change.old), "to": str(change.new)}
        row = note(change, "propose", by=by, reason=change.reason, data=facts)
        post_notices(told_of_new_change(change), key=f"trail:{row.pk}")
    return change


def _before(target: Any, part: str) -> Mapping[str, Any]:
    """Return what the part reads now, as the database holds it."""
    now = type(target)._default_manager.get(pk=target.pk)
    if part == ChangedPart.DEADLINE:
        return {"old_day": now.deadline}
    if part == ChangedPart.PERSON:
        return {"old_text": now.person, "old_post": now.post}
    return {"old_text": now.title if part == ChangedPart.TITLE else now.goal}


def _afterwards(part: str, text: str, post: str, day: Any) -> Mapping[str, Any]:
    if part == ChangedPart.DEADLINE:
        return {"new_day": day}
    return (
        {"new_text": text, "new_post": post} if part == ChangedPart.PERSON else {"new_text": text}
    )


def _refuse_unfit(change: CommitmentChange) -> None:
    texts = (change.new_text, change.new_post, change.reason)
    answer = together((is_still_open(change), is_news(change), fit_for_all(texts)))
    if not answer:
        raise ConditionUnmet(answer.reasons)
    same = CommitmentChange.objects.filter(
        commitment=change.commitment,
        step=change.step,
        part=change.part,
        state=ChangeState.PROPOSED,
    )
    if same.exists():
        raise ConditionUnmet(
            [_("A change of this is proposed already; withdraw it first to propose another one.")]
        )
