"""What a run of the reminders is to tell, and what the last runs told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from partybuilding.boards.digest import Line
from partybuilding.boards.models import Recipient, Reminder, ReminderRun
from partybuilding.boards.schedule import Schedule
from partybuilding.boards.states import ReminderStage
from partybuilding.core.desk.deadlines import Deadline, Fault, make_each

#: What names a reminder for ever: item, day and stage.
Key = tuple[str, date, str]
Pair = tuple[Deadline, ReminderStage]
#: Items that are asked for in one query.
CHUNK = 500


@dataclass
class Plan:
    """What a run tells, what it passes for ever, and how many items there is nobody to tell of.

    Args:
        late: lines for people who could not be told of a stage when the others were.
        faults: what could not be looked at or told; everything else is.
    """

    told: list[Pair] = field(default_factory=list)
    skipped: list[Pair] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    nobody: int = 0
    notices: int = 0

    def count(self, stage: ReminderStage) -> int:
        """Return how many items are told of in a stage."""
        return sum(one == stage for _deadline, one in self.told)

    @property
    def lines(self) -> list[Line]:
        """Who is told of what."""
        return [*(line for pair in self.told for line in lines_of(*pair)), *self.late]


def plan_of(found: Iterable[Deadline | Fault], schedule: Schedule, day: date) -> Plan:
    """Find out what of the open things is to be told on a day; writes nothing."""
    found = list(found)
    plan = Plan(faults=[one for one in found if isinstance(one, Fault)])
    reached = partial(_reached, schedule=schedule, day=day)
    looked_at = list(
        make_each((one for one in found if isinstance(one, Deadline)), attrgetter("item"), reached)
    )
    plan.faults += [one for one in looked_at if isinstance(one, Fault)]
    rows = [one for one in looked_at if not isinstance(one, Fault)]
    known = _known(deadline.item for deadline, _stages in rows)
    waiting = _waiting()
    for deadline, stages in rows:
        if stages is None:
            plan.nobody += 1
        elif stages:
            _settle(plan, deadline, stages, known, waiting)
    return plan


def _reached(
    deadline: Deadline, *, schedule: Schedule, day: date
) -> tuple[Deadline, list[ReminderStage] | None]:
    """Return an item with the stages whose day has come and that have somebody to tell.

    None instead of the stages when none of them has anybody.
    """
    reached = schedule.reached(deadline.due_on, day)
    told = [stage for stage in reached if people_of_stage(deadline, stage)]
    return deadline, None if reached and not told else told


def _settle(
    plan: Plan,
    deadline: Deadline,
    stages: list[ReminderStage],
    known: set[Key],
    waiting: dict[Key, set[int]],
) -> None:
    """Tell the last stage, and pass those before it; what was told goes to whom it did not reach."""
    *before, last = stages
    key = key_of(deadline, last)
    if key in known:
        people = waiting.get(key, set())
        plan.late += [line for line in lines_of(deadline, last) if line.person.pk in people]
        return
    plan.told.append((deadline, last))
    plan.skipped += [(deadline, stage) for stage in before if key_of(deadline, stage) not in known]


def people_of_stage(deadline: Deadline, stage: ReminderStage) -> tuple[Any, ...]:
    """Return whom a stage is for: the holders, or the group above; an empty group is passed over."""
    places = {ReminderStage.UNIT: 0, ReminderStage.DEPARTMENT: 1}
    if stage not in places:
        return deadline.holders
    at = places[stage]
    return deadline.above[at] if at < len(deadline.above) else ()


def lines_of(deadline: Deadline, stage: ReminderStage) -> list[Line]:
    """Return who is told of a stage: what goes to those above goes to the holders, too."""
    above = people_of_stage(deadline, stage) if stage in ReminderStage.above() else ()
    lines = [Line(one, deadline, stage, is_above=True) for one in above]
    return lines + [Line(one, deadline, stage) for one in deadline.holders if one not in above]


def key_of(deadline: Deadline, stage: ReminderStage) -> Key:
    """Return what names a reminder."""
    return deadline.item, deadline.due_on, stage.value


def _known(items: Iterable[str]) -> set[Key]:
    asked = list(items)
    return {
        row
        for start in range(0, len(asked), CHUNK)
        for row in Reminder.objects.filter(item__in=asked[start : start + CHUNK]).values_list(
            "item", "due_on", "stage"
        )
    }


def _waiting() -> dict[Key, set[int]]:
    """Return by reminder whom it did not reach."""
    found: dict[Key, set[int]] = {}
    names = ("reminder__item", "reminder__due_on", "reminder__stage", "user")
    for *key, user in Recipient.objects.filter(told_at=None).values_list(*names):
        found.setdefault(tuple(key), set()).add(user)
    return found


#: Days before today that are looked at.
LATELY = 30


@dataclass(frozen=True)
class Runs:
    """How the reminders ran lately.

    Args:
        last: the run that ran last; None when none ever did.
        missed: the days before today without a run, the newest first.
        ran_today: whether today's run is done.
    """

    last: ReminderRun | None
    missed: tuple[date, ...] = ()
    ran_today: bool = False

    @property
    def is_in_order(self) -> bool:
        """Whether nothing was missed and nothing failed."""
        return self.last is not None and not self.missed and not self.last.faults


def runs_lately(today: date) -> Runs:
    """Return the last run and the days of the last weeks that were missed; two queries."""
    last = ReminderRun.objects.order_by("-last_at", "-day").first()
    if last is None:
        return Runs(None)
    ran = ReminderRun.objects.filter(day__lte=today).values_list("day", flat=True)
    days = set(ran)
    return Runs(last, missed_days(days, today), today in days)


def missed_days(ran: Iterable[date], today: date) -> tuple[date, ...]:
    """Return the days before today and since the first run on which none was, of the last weeks."""
    days = set(ran)
    if not days:
        return ()
    back = (today - timedelta(days=number) for number in range(1, LATELY + 1))
    return tuple(day for day in back if day > min(days) and day not in days)
