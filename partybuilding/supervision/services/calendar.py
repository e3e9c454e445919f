"""Write the supervision calendar: what the rhythm asks of each project; days and officers for many activities."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import identify
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal
from partybuilding.core.services import note, post_notices
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import Project
from partybuilding.projects.states import KEEPING, ProjectState
from partybuilding.supervision import messages
from partybuilding.supervision.addresses import activities_url
from partybuilding.supervision.calendar import Quarter, Rhythm, slots
from partybuilding.supervision.models import Activity
from partybuilding.supervision.permissions import user_can_plan_supervision
from partybuilding.supervision.rules import can_be_planned_for
from partybuilding.texts.messages import notice_draft


def follow_project(*, record: Any, attempt: Any, **kwargs: Any) -> None:
    """Draw up the calendar when the commitments come out, and end it when the project is terminated.

    Connected to the door's `step_taken`, so that it happens in the transaction of the step.
    """
    if record.state in KEEPING and attempt.step in {"publish_commitments", "reopen"}:
        draw_up(record)
    elif record.state == ProjectState.TERMINATED:
        _clear_ahead(record)


def draw_up(project: Project) -> int:
    """Add the activities that a project's calendar lacks; returns how many. Safe to repeat.

    The last day of what is still undone follows the working days as they are arranged now.
    """
    if project.commitments_published_at is None or project.state not in KEEPING:
        return 0
    published_on = timezone.localdate(project.commitments_published_at)
    wanted = slots(Rhythm.of(project.cycle), published_on, project.cycle.ends_on)
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        there = {_key(activity): activity for activity in Activity.objects.filter(project=project)}
        fresh = [slot for slot in wanted if slot.key not in there]
        Activity.objects.bulk_create(
            Activity(
                project=project,
                kind=slot.kind,
                year=slot.quarter.year,
                quarter=slot.quarter.number,
                number=slot.number,
                due_on=slot.due_on,
            )
            for slot in fresh
        )
        moved = []
        for slot in wanted:
            activity = there.get(slot.key)
            if activity and not activity.done_on and activity.due_on != slot.due_on:
                activity.due_on = slot.due_on
                moved.append(activity)
        Activity.objects.bulk_update(moved, ["due_on"])
    return len(fresh)


def _key(activity: Activity) -> tuple[str, int, int, int]:
    return activity.kind, activity.year, activity.quarter, activity.number


def draw_up_year(cycle: Cycle, *, by: AnyUser | None) -> int:
    """Complete the calendar of every project of a year; returns how many activities were added.

    Args:
        by: somebody of the task force; None for the command of the administrators.

    Raises:
        NotYours: the plan is the task force's.
    """
    if by is not None and not user_can_plan_supervision(by):
        raise NotYours([_("The supervision plan is drawn up by the task force.")])
    projects = Project.objects.filter(cycle=cycle, state__in=KEEPING).select_related("cycle")
    return sum(draw_up(project) for project in projects.order_by("pk"))


def _clear_ahead(project: Project) -> None:
    """Take out what lies in quarters to come; what was due by now stays, held or not."""
    now = Quarter.of(timezone.localdate())
    for activity in Activity.objects.filter(project=project, done_on=None):
        if Quarter(activity.year, activity.quarter) > now:
            try:
                activity.delete()
            except ProtectedError:
                continue  # something was written of it already; it stays as not held


@dataclass(frozen=True)
class Outcome:
    """What became of one activity when many were written at once."""

    activity: Activity
    refusal: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was written."""
        return not self.refusal


def plan_many(
    activities: Iterable[Activity],
    *,
    by: AnyUser,
    planned_on: date | None = None,
    officer: Any = None,
) -> list[Outcome]:
    """Set day and officer of many activities, each on its own; what is not given stays as it is.

    The officer is told once how many are theirs now.

    Raises:
        NotYours: the plan is the task force's.
        ConditionUnmet: neither day nor officer is given, or the officer is not of the task force.
    """
    if not user_can_plan_supervision(by):
        raise NotYours([_("Days and officers are set by the task force.")])
    if planned_on is None and officer is None:
        raise ConditionUnmet([_("Give a day or an officer.")])
    if officer is not None and not roles_of_user(officer).has(Role.TASK_FORCE):
        raise ConditionUnmet([_("The officer has to be of the task force.")])
    outcomes = [_plan(activity, planned_on, officer, by) for activity in activities]
    fresh = [one for one in outcomes if one.ok]
    if officer is not None and officer != by and fresh:
        _tell(officer, len(fresh))
    return outcomes


def _plan(activity: Activity, planned_on: date | None, officer: Any, by: AnyUser) -> Outcome:
    try:
        with transaction.atomic():
            rows = Activity.objects.select_for_update(of=("self",)).select_related("project__cycle")
            locked = rows.get(pk=activity.pk)
            _refuse_unfit(locked, planned_on)
            before = _plan_words(locked)
            locked.planned_on = planned_on or locked.planned_on
            locked.officer = officer or locked.officer
            locked.save(update_fields=["planned_on", "officer"])
            _note_replanned(locked, before, by)
    except Refusal as refusal:
        return Outcome(activity, str(refusal))
    return Outcome(locked)


def _plan_words(activity: Activity) -> str:
    day = activity.planned_on.isoformat() if activity.planned_on else ""
    return " ".join(
        filter(None, (day, identify(activity.officer).name if activity.officer else ""))
    )


def _note_replanned(activity: Activity, before: str, by: AnyUser) -> None:
    """Note in the project's trail that what was planned is planned anew; the first plan is the calendar's."""
    after = _plan_words(activity)
    if before and before != after:
        data = {"what": str(activity), "from": before, "to": after}
        note(activity.project, "replan", by=by, data=data)


def _refuse_unfit(activity: Activity, planned_on: date | None) -> None:
    if activity.project.state not in KEEPING:
        raise ConditionUnmet([_("The project is no longer supervised.")])
    if activity.done_on is not None:
        raise ConditionUnmet([_("It was held already.")])
    if planned_on is not None:
        answer = can_be_planned_for(activity, planned_on, timezone.localdate())
        if not answer:
            raise ConditionUnmet(answer.reasons)


def _tell(officer: Any, count: int) -> None:
    url = activities_url(officer=officer.pk, standing="open")
    draft = notice_draft(messages.PLANNED, [officer], {"任务数": str(count)}, url)
    post_notices([draft], key=f"plan:{uuid4()}")
