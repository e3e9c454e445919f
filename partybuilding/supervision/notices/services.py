"""Write feedback notices: begin a draft, change its words, issue one or a whole quarter's, each on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.refusals import ConditionUnmet, Frozen, NotYours, Refusal
from partybuilding.core.services import move, note
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.permissions import (
    user_can_edit_feedback,
    user_can_write_feedback,
)
from partybuilding.supervision.states import ActivityKind


def draft_notice(activity: Activity, *, by: Any) -> FeedbackNotice:
    """Begin the notice that an activity asks for; returns the one that stands already, if any does.

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
        standing = FeedbackNotice.objects.standing().filter(activity=locked).first()
        if standing is not None:
            return standing
        notice = FeedbackNotice.objects.create(
            project=activity.project,
            activity=activity,
            due_on=locked.due_on,
            opening=usual_opening(),
            closing=usual_closing(),
            created_by=by,
        )
        note(notice, "create", by=by)
    return notice


def usual_opening() -> str:
    """Return the words with which a notice begins until somebody changes them."""
    return _(
        "By the rhythm of supervision, the progress and the public commitments of your project were "
        "supervised in this quarter. What was found is reported below."
    )


def usual_closing() -> str:
    """Return the words with which a notice ends until somebody changes them."""
    return _(
        "Keep what is done well and put right what was found, finding by finding, by its deadline, and "
        "report it with evidence. The task force verifies and closes each finding."
    )


def save_words(notice: FeedbackNotice, *, by: Any, opening: str, closing: str) -> FeedbackNotice:
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


def issue_many(activities: Iterable[Activity], *, by: Any) -> list[Outcome]:
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
