"""Remind of everything open that has a day: before it, on it, after it, and then those above.

Once for each item, stage and day. After days without a run only the latest stage is told; the ones
before it are written down as skipped and never told afterwards. A person gets one notice a run.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from partybuilding.boards.digest import Line, digests
from partybuilding.boards.models import Reminder, ReminderRun
from partybuilding.boards.schedule import Schedule, schedule_of_site
from partybuilding.boards.selectors.open_items import open_deadlines
from partybuilding.boards.states import ReminderStage, Settled
from partybuilding.core.deadlines import Deadline
from partybuilding.core.services import post_notices

Key = tuple[str, date, str]
#: Items that are asked for in one query.
CHUNK = 500


@dataclass
class Plan:
    """What a run tells, what it passes for ever, and how many items there is nobody to tell of."""

    told: list[tuple[Deadline, ReminderStage]] = field(default_factory=list)
    skipped: list[tuple[Deadline, ReminderStage]] = field(default_factory=list)
    nobody: int = 0
    notices: int = 0

    def count(self, stage: ReminderStage) -> int:
        """Return how many items are told of in a stage."""
        return sum(one == stage for _deadline, one in self.told)


def remind(*, today: date | None = None, dry_run: bool = False) -> Plan:
    """Tell everybody what is due or overdue, as far as it was not told yet; once, whoever calls it how often.

    Args:
        today: the day that is reminded of, today when none is given.
        dry_run: only say what would be told.

    Raises:
        ValueError: the settings of the schedule contradict each other.
    """
    day, schedule = today or timezone.localdate(), schedule_of_site()
    if dry_run:
        plan = plan_of(day, schedule)
        plan.notices = len(digests(_lines(plan.told), day))
        return plan
    with transaction.atomic():
        run = _lock(day)
        plan = plan_of(day, schedule)
        _write(run, plan)
        if plan.told:
            run.times += 1
            drafts = digests(_lines(plan.told), day)
            plan.notices = len(drafts)
            post_notices(drafts, key=f"remind:{day:%Y%m%d}:{run.times}")
        run.last_at = timezone.now()
        run.save()
    return plan


def _lock(day: date) -> ReminderRun:
    """Lock the day, so that a second process waits and then finds everything told."""
    ReminderRun.objects.get_or_create(day=day)
    return ReminderRun.objects.select_for_update().get(day=day)


def plan_of(day: date, schedule: Schedule) -> Plan:
    """Find out what is to be told on a day; writes nothing."""
    plan = Plan()
    reached = [(deadline, _stages_for(deadline, schedule, day)) for deadline in open_deadlines(day)]
    known = _known(deadline.item for deadline, _stages in reached)
    for deadline, stages in reached:
        if stages is None:
            plan.nobody += 1
        elif stages and _key(deadline, stages[-1]) not in known:
            plan.told.append((deadline, stages[-1]))
            plan.skipped.extend(
                (deadline, stage) for stage in stages[:-1] if _key(deadline, stage) not in known
            )
    return plan


def _stages_for(deadline: Deadline, schedule: Schedule, day: date) -> list[ReminderStage] | None:
    """Return the stages whose day has come and that have somebody to tell; None when none of them has."""
    reached = schedule.reached(deadline.due_on, day)
    told = [stage for stage in reached if people_of_stage(deadline, stage)]
    return None if reached and not told else told


def people_of_stage(deadline: Deadline, stage: ReminderStage) -> tuple[Any, ...]:
    """Return whom a stage is for: the holders, or the group above; an empty group is passed over."""
    places = {ReminderStage.UNIT: 0, ReminderStage.DEPARTMENT: 1}
    if stage not in places:
        return deadline.holders
    at = places[stage]
    return deadline.above[at] if at < len(deadline.above) else ()


def _lines(told: Iterable[tuple[Deadline, ReminderStage]]) -> list[Line]:
    """Return who is told of what: what goes to those above goes to the holders, too."""
    lines = []
    for deadline, stage in told:
        above = (
            ()
            if stage not in (ReminderStage.UNIT, ReminderStage.DEPARTMENT)
            else people_of_stage(deadline, stage)
        )
        lines += [Line(one, deadline, stage, is_above=True) for one in above]
        lines += [Line(one, deadline, stage) for one in deadline.holders if one not in above]
    return lines


def _known(items: Iterable[str]) -> set[Key]:
    asked = list(items)
    return {
        row
        for start in range(0, len(asked), CHUNK)
        for row in Reminder.objects.filter(item__in=asked[start : start + CHUNK]).values_list(
            "item", "due_on", "stage"
        )
    }


def _key(deadline: Deadline, stage: ReminderStage) -> Key:
    return deadline.item, deadline.due_on, stage.value


def _write(run: ReminderRun, plan: Plan) -> None:
    parts = ((plan.skipped, Settled.SKIPPED), (plan.told, Settled.SENT))
    Reminder.objects.bulk_create(
        [
            Reminder(
                run=run,
                item=deadline.item,
                due_on=deadline.due_on,
                stage=stage.value,
                outcome=outcome.value,
            )
            for rows, outcome in parts
            for deadline, stage in rows
        ],
        batch_size=CHUNK,
    )
