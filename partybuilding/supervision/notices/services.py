"""Write feedback notices: begin a draft, change its words, issue one or a whole quarter's, each on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Refusal
from partybuilding.core.rules import fit_for_all, refuse
from partybuilding.core.services import move, note
from partybuilding.core.types import AnyUser
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.permissions import (
    user_can_edit_feedback,
    user_can_write_feedback,
)
from partybuilding.supervision.notices.selectors import has_untold
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.states import ActivityKind


def draft_notice(activity: Activity, *, by: AnyUser) -> FeedbackNotice:
    """Begin the notice that an activity asks for; returns the one that stands already, if any does.

    Once it is issued, findings that were recorded since get a supplementary notice.

    Raises:
        NotYours: notices are written by the task force, not of one's own organisation's project.
        ConditionUnmet: the activity asks for no notice.
    """
    if not user_can_write_feedback(activity.project, by):
        raise NotYours(
            [_("Feedback notices are written by the task force, not on one's own project.")]
        )
    if activity.kind != ActivityKind.NOTICE:
        raise ConditionUnmet([_("This activity of supervision asks for no feedback notice.")])
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        standing = FeedbackNotice.objects.standing().filter(activity=locked, corrects=None)
        last = standing.order_by("-supplement").first()
        if last is not None and (last.state == FeedbackState.DRAFT or not has_untold(locked)):
            return last
        assert by.is_authenticated
        notice = FeedbackNotice.objects.create(
            project=activity.project,
            activity=activity,
            supplement=last.supplement + 1 if last else 0,
            due_on=locked.due_on,
            opening=usual_opening_of_supplement(last) if last else usual_opening(),
            closing=usual_closing(),
            created_by=by,
        )
        note(notice, "create", by=by)
    return notice


def draft_correction(notice: FeedbackNotice, *, by: AnyUser, reason: str) -> FeedbackNotice:
    """Begin the notice that puts an issued one right; returns the draft that was begun already, if any was.

    It is assembled anew from the records; issuing it replaces the other, which stays readable.

    Raises:
        NotYours: notices are written by the task force, not of one's own organisation's project.
        Frozen: only what is issued and was not corrected or revoked can be corrected.
        ConditionUnmet: the reason is missing, or names a person's number.
    """
    if not user_can_write_feedback(notice.project, by):
        raise NotYours(
            [_("Feedback notices are written by the task force, not on one's own project.")]
        )
    answer = fit_for_all([reason]) if reason.strip() else refuse(_("Give the reason."))
    if not answer:
        raise ConditionUnmet(answer.reasons)
    with transaction.atomic():
        locked = FeedbackNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if locked.state != FeedbackState.ISSUED:
            raise Frozen([_("Only a notice that stands issued can be corrected.")])
        begun = locked.corrections.standing().first()
        if begun is None:
            assert by.is_authenticated
            begun = FeedbackNotice.objects.create(
                project=notice.project,
                activity=notice.activity,
                supplement=locked.supplement,
                corrects=locked,
                due_on=timezone.localdate(),
                opening=locked.opening,
                closing=locked.closing,
                created_by=by,
            )
            note(begun, "create", by=by, reason=reason.strip())
        begun.correction = reason.strip()
        begun.save(update_fields=["correction", "updated_at"])
    return begun


def follow_correction(*, record: FeedbackNotice, attempt: Any, **kwargs: Any) -> None:
    """Let the notice that was put right give place, in the transaction in which its correction is issued.

    Connected to the door's `step_taken`.
    """
    if attempt.step == "issue" and record.corrects:
        move(record.corrects, "correct", by=attempt.by, reason=record.correction)


def usual_opening() -> str:
    """Return the words with which a notice begins until somebody changes them."""
    return _(
        "By the rhythm of supervision, the progress and the public commitments of your project were "
        "supervised in this quarter. What was found is reported below."
    )


def usual_opening_of_supplement(before: FeedbackNotice) -> str:
    """Return the words with which a supplementary notice begins until somebody changes them."""
    words = _(
        "After %(number)s was issued, more was found in the supervision of the same quarter. It is "
        "reported below in addition."
    )
    return words % {"number": before.number}


def usual_closing() -> str:
    """Return the words with which a notice ends until somebody changes them."""
    return _(
        "Keep what is done well and put right what was found, finding by finding, by its deadline, and "
        "report it with evidence. The task force verifies and closes each finding."
    )


def save_words(
    notice: FeedbackNotice, *, by: AnyUser, opening: str, closing: str
) -> FeedbackNotice:
    """Change the words around a draft.

    Raises:
        Frozen: it was issued, or it is not the user's to write.
    """
    with transaction.atomic():
        locked = FeedbackNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        given = (opening.strip(), closing.strip())
        if given == (locked.opening, locked.closing):
            return locked
        if not user_can_edit_feedback(locked, by):
            raise Frozen(
                [_("A feedback notice can be changed until it is issued, by the task force.")]
            )
        locked.opening, locked.closing = given
        locked.save(update_fields=["opening", "closing", "updated_at"])
        note(locked, "edit", by=by)
    return locked


@dataclass(frozen=True)
class Outcome:
    """What became of one project when a quarter's notices were issued."""

    activity: Activity
    notice: FeedbackNotice | None = None
    refusal: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was issued now."""
        return not self.refusal


def issue_many(activities: Iterable[Activity], *, by: AnyUser) -> list[Outcome]:
    """Issue the notices of many activities, each on its own, and report each one's result.

    A draft that was begun here goes again when it cannot be issued; one that somebody wrote stays.
    """
    batch, outcomes = uuid4(), []
    for activity in activities:
        try:
            with transaction.atomic():
                notice = move(draft_notice(activity, by=by), "issue", by=by, batch=batch)
        except Refusal as refusal:
            outcomes.append(Outcome(activity, refusal=str(refusal)))
        else:
            outcomes.append(Outcome(activity, notice))
    return outcomes
