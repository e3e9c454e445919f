"""Remind of everything open that has a day: before it, on it, after it, and then those above.

Once for each item, stage and day. After days without a run only the latest stage is told; the ones
before it are written down as skipped and never told afterwards. A person gets one notice a run. What
cannot be read, written or told is a fault of its own: everything else is told all the same.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from partybuilding.boards.digest import Line, by_person, digest
from partybuilding.boards.models import Recipient, Reminder, ReminderRun
from partybuilding.boards.schedule import schedule_of_site
from partybuilding.boards.selectors.open_items import open_deadlines
from partybuilding.boards.selectors.plan import CHUNK, Key, Pair, Plan, key_of, plan_of
from partybuilding.boards.states import Settled
from partybuilding.core.desk.deadlines import Fault
from partybuilding.core.services import post_notices
from partybuilding.texts.selectors import body_of


def remind(*, today: date | None = None, dry_run: bool = False) -> Plan:
    """Tell everybody what is due or overdue, as far as it was not told yet; once, whoever calls it how often.

    What is open is read before the day is locked, so that a query that fails spoils no transaction.

    Args:
        today: the day that is reminded of, today when none is given.
        dry_run: only say what would be told.

    Raises:
        ValueError: the settings of the schedule contradict each other.
    """
    day, schedule = today or timezone.localdate(), schedule_of_site()
    found = open_deadlines(day)
    if dry_run:
        plan = plan_of(found, schedule, day)
        plan.notices = len(by_person(plan.lines))
        return plan
    with transaction.atomic():
        run = _lock(day)
        plan = plan_of(found, schedule, day)
        run.last_at = timezone.now()
        _write(run, plan)
        _tell(run, plan)
        run.faults = [str(fault) for fault in plan.faults]
        run.save()
    return plan


def _lock(day: date) -> ReminderRun:
    """Lock the day, so that a second process waits and then finds everything told."""
    ReminderRun.objects.get_or_create(day=day)
    return ReminderRun.objects.select_for_update().get(day=day)


def _write(run: ReminderRun, plan: Plan) -> None:
    """Write down what is told and what is passed; what cannot be written is not told."""
    refused = write_what_goes(plan.told, partial(_write_stages, run, Settled.SENT))
    plan.faults += [Fault(pair[0].item, error) for pair, error in refused]
    lost = [id(pair[0]) for pair, _error in refused]
    plan.told = [pair for pair in plan.told if id(pair[0]) not in lost]
    plan.skipped = [pair for pair in plan.skipped if id(pair[0]) not in lost]
    passed = write_what_goes(plan.skipped, partial(_write_stages, run, Settled.SKIPPED))
    plan.faults += [Fault(pair[0].item, error) for pair, error in passed]


def _write_stages(run: ReminderRun, outcome: Settled, pairs: list[Pair]) -> None:
    rows = [
        Reminder(
            run=run,
            item=deadline.item,
            due_on=deadline.due_on,
            stage=stage.value,
            outcome=outcome.value,
            at=run.last_at,
            matter=deadline.item.partition(":")[0],
            kind=str(deadline.kind)[:100],
            title=str(deadline.title)[:300],
            url=deadline.url_above,
        )
        for deadline, stage in pairs
    ]
    Reminder.objects.bulk_create(rows, batch_size=CHUNK)


def _tell(run: ReminderRun, plan: Plan) -> None:
    """Tell each person in one notice; whom it does not reach is tried again in the next run."""
    people = by_person(plan.lines)
    if not people:
        return
    run.times += 1
    ids = _ids(line for lines in people for line in lines)
    unreached = write_what_goes(people, partial(_post, run, ids))
    plan.notices = len(people) - len(unreached)
    plan.faults += [Fault(f"user:{lines[0].person.pk}", error) for lines, error in unreached]
    write_what_goes([lines for lines, _error in unreached], partial(_note, ids, None))


def _ids(lines: Iterable[Line]) -> dict[Key, int]:
    """Return the keys of the reminders that the lines are of."""
    items = sorted({line.deadline.item for line in lines})
    return {
        (item, due_on, stage): pk
        for start in range(0, len(items), CHUNK)
        for pk, item, due_on, stage in Reminder.objects.filter(
            item__in=items[start : start + CHUNK]
        ).values_list("pk", "item", "due_on", "stage")
    }


def _post(run: ReminderRun, ids: dict[Key, int], people: list[list[Line]]) -> None:
    words = cache(body_of)
    drafts = [digest(lines, run.day, words) for lines in people]
    post_notices(drafts, key=f"remind:{run.day:%Y%m%d}:{run.times}")
    _note(ids, run.last_at, people)


def _note(ids: dict[Key, int], told_at: datetime | None, people: list[list[Line]]) -> None:
    """Write down of every reminder whom it reached when, or that it did not."""
    rows = [
        Recipient(
            reminder_id=ids[key_of(line.deadline, line.stage)],
            user=line.person,
            name=line.name,
            told_at=told_at,
        )
        for lines in people
        for line in lines
    ]
    Recipient.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["reminder", "user"],
        update_fields=["told_at"],
    )


def write_what_goes(
    rows: list[Any], write: Callable[[list[Any]], None]
) -> list[tuple[Any, Exception]]:
    """Write rows at once; when that fails, halve them until what cannot be written stands alone.

    Returns:
        What could not be written, each with its error.
    """
    if not rows:
        return []
    try:
        with transaction.atomic():
            write(rows)
    except Exception as error:  # whatever is wrong with one row, the others are written
        if len(rows) == 1:
            return [(rows[0], error)]
        middle = len(rows) // 2
        return [
            *write_what_goes(rows[:middle], write),
            *write_what_goes(rows[middle:], write),
        ]
    return []
