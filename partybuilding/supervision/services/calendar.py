"""Write the supervision calendar: what the rhythm asks of each project, once, and no more after its end."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import NotYours
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.states import KEEPING, ProjectState
from partybuilding.supervision.calendar import Quarter, Rhythm, slots
from partybuilding.supervision.models import Activity
from partybuilding.supervision.permissions import user_can_plan_supervision


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


def draw_up_year(cycle: Cycle, *, by: Any) -> int:
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
