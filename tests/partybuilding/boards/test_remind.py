"""Reminders: once for each item, stage and day; caught up once; never of what was done meanwhile."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.boards.models import Reminder, ReminderRun
from partybuilding.boards.schedule import Schedule
from partybuilding.boards.selectors.open_items import open_deadlines, portal_address
from partybuilding.boards.services import Plan, remind
from partybuilding.boards.states import ReminderStage, Settled
from partybuilding.core.desk.deadlines import Deadline
from partybuilding.core.models import Notice
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_person
from tests.factories.boards import add_projects
from tests.factories.processes import start
from tests.factories.rooms import only

pytestmark = pytest.mark.django_db
#: A Thursday; the days before and after are without holidays.
DUE = date(2022, 6, 16)
STAGES = {stage: Schedule().day_of(stage, DUE) for stage in ReminderStage}


@pytest.fixture(autouse=True)
def ours(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let only the test's own functions say what is due beside the records."""
    functions: list[Any] = []
    only(monkeypatch, deadlines=functions)
    return functions


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def submitted(cast: Cast, due: date = DUE) -> Project:
    (project,) = add_projects(cast, "submitted")
    Project.objects.filter(pk=project.pk).update(due_on=due)
    return Project.objects.get(pk=project.pk)


def told(user: Any) -> list[Notice]:
    return list(Notice.objects.to(user).order_by("pk"))


def stages(outcome: Settled | None = None) -> list[str]:
    rows = Reminder.objects.filter(**({"outcome": outcome} if outcome else {}))
    return list(rows.order_by("pk").values_list("stage", flat=True))


def test_each_stage_is_told_on_its_day_to_those_it_is_for(cast: Cast) -> None:
    (project,) = add_projects(cast, "returned")
    Project.objects.filter(pk=project.pk).update(due_on=DUE)
    people = {name: cast[name] for name in ("applicant", "unit", "department")}
    heard = {}
    for stage, day in STAGES.items():
        remind(today=day)
        heard[stage] = {name for name, user in people.items() if Notice.objects.to(user).unread()}
        Notice.objects.update(read_at=timezone.now())
    assert heard == {
        ReminderStage.BEFORE: {"applicant"},
        ReminderStage.ON: {"applicant"},
        ReminderStage.AFTER: {"applicant"},
        ReminderStage.UNIT: {"applicant", "unit"},
        ReminderStage.DEPARTMENT: {"applicant", "department"},
    }
    assert stages(Settled.SENT) == list(ReminderStage)


@pytest.mark.parametrize(
    ("state", "unit", "department"),
    [
        ("submitted", False, True),
        ("first_passed", False, False),
        ("commitments_submitted", False, True),
    ],
)
def test_nobody_is_told_of_what_stands_above_them(
    cast: Cast, state: str, unit: bool, department: bool
) -> None:
    """A unit hears of its applicants alone; the department of everybody but itself."""
    (project,) = add_projects(cast, state)
    Project.objects.filter(pk=project.pk).update(due_on=DUE)
    (deadline,) = open_deadlines(DUE)
    assert [bool(group) for group in deadline.above] == [unit, department]


def test_the_days_between_are_silent(cast: Cast) -> None:
    submitted(cast)
    day = STAGES[ReminderStage.BEFORE]
    while day <= STAGES[ReminderStage.DEPARTMENT] + timedelta(days=20):
        remind(today=day)
        remind(today=day)
        day += timedelta(days=1)
    expected = [
        stage for stage in ReminderStage if stage != ReminderStage.UNIT
    ]  # the unit has it itself
    assert stages() == expected
    assert len(told(cast["unit"])) == 4


def test_nothing_is_told_before_the_first_stage(cast: Cast) -> None:
    submitted(cast)
    plan = remind(today=STAGES[ReminderStage.BEFORE] - timedelta(days=1))
    assert (plan.told, plan.skipped, plan.nobody) == ([], [], 0)
    assert not Notice.objects.exists()


def test_after_a_week_of_downtime_only_the_latest_stage_is_told(cast: Cast) -> None:
    submitted(cast)
    remind(today=STAGES[ReminderStage.BEFORE])
    plan = remind(today=STAGES[ReminderStage.AFTER] + timedelta(days=7))
    assert [stage for _one, stage in plan.told] == [ReminderStage.AFTER]
    assert stages(Settled.SKIPPED) == [ReminderStage.ON]
    for later in (0, 1, 30):
        again = remind(today=STAGES[ReminderStage.AFTER] + timedelta(days=7 + later))
        assert [stage for _one, stage in again.told] in ([], [ReminderStage.DEPARTMENT])
    assert stages(Settled.SENT) == [
        ReminderStage.BEFORE,
        ReminderStage.AFTER,
        ReminderStage.DEPARTMENT,
    ]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(gaps=st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_however_seldom_it_runs_each_stage_is_settled_once(cast: Cast, gaps: list[int]) -> None:
    Reminder.objects.all().delete()
    ReminderRun.objects.all().delete()
    Notice.objects.all().delete()
    Project.objects.all().delete()
    submitted(cast)
    day, expected = STAGES[ReminderStage.BEFORE] - timedelta(days=2), []
    for gap in gaps:
        day += timedelta(days=gap)
        reached = [one for one in ReminderStage if one != ReminderStage.UNIT and STAGES[one] <= day]
        if reached and reached[-1] not in expected:
            expected.append(reached[-1])
        plan = remind(today=day)
        assert [one for _deadline, one in plan.told] in ([], expected[-1:])
    assert stages(Settled.SENT) == expected
    settled = stages()
    assert len(settled) == len(set(settled))
    assert set(settled) == {
        one for one in ReminderStage if one != ReminderStage.UNIT and STAGES[one] <= day
    }
    assert len(told(cast["unit"])) == len(expected)


def test_a_moved_day_begins_anew(cast: Cast) -> None:
    project = submitted(cast)
    remind(today=STAGES[ReminderStage.AFTER])
    moved = date(2022, 7, 14)
    Project.objects.filter(pk=project.pk).update(due_on=moved)
    assert remind(today=STAGES[ReminderStage.AFTER]).told == []
    again = remind(today=Schedule().day_of(ReminderStage.BEFORE, moved))
    assert [stage for _one, stage in again.told] == [ReminderStage.BEFORE]


def test_what_came_back_is_an_item_of_its_own(cast: Cast) -> None:
    project = submitted(cast)
    remind(today=STAGES[ReminderStage.ON])
    later = project.state_since + timedelta(days=2)
    Project.objects.filter(pk=project.pk).update(state_since=later)
    assert len(remind(today=STAGES[ReminderStage.ON]).told) == 1


def test_nobody_is_reminded_of_what_was_done(cast: Cast) -> None:
    project = submitted(cast)
    remind(today=STAGES[ReminderStage.BEFORE])
    move(project, "pass_first", by=cast["unit"], reason="同意。")
    Notice.objects.all().delete()
    remind(today=STAGES[ReminderStage.AFTER])
    assert not told(cast["unit"])


def test_one_person_gets_one_notice_a_run(cast: Cast) -> None:
    for _number in range(3):
        submitted(cast)
    submitted(cast, DUE + timedelta(days=1))
    plan = remind(today=DUE)
    assert (len(plan.told), plan.notices) == (4, 1)
    (notice,) = told(cast["unit"])
    assert notice.subject == "办理提醒：4件即将到期"
    assert notice.body.count("今天到期。") == 3
    assert "应于" in notice.body
    assert notice.url == "/admin/"
    submitted(cast)
    assert remind(today=DUE).notices == 1
    assert len(told(cast["unit"])) == 2


def test_a_single_matter_is_named_in_the_title_and_opened(cast: Cast) -> None:
    project = submitted(cast)
    remind(today=STAGES[ReminderStage.BEFORE])
    remind(today=STAGES[ReminderStage.ON])
    remind(today=STAGES[ReminderStage.AFTER])
    title = f"项目 {project}（待初审）"
    assert [notice.subject for notice in told(cast["unit"])] == [
        f"即将到期：{title}",
        f"今天到期：{title}",
        f"已逾期：{title}",
    ]
    assert {notice.url for notice in told(cast["unit"])} == {f"/admin/party/projects/{project.pk}/"}


def test_who_is_above_reads_who_has_it(cast: Cast) -> None:
    submitted(cast)
    submitted(cast)
    remind(today=STAGES[ReminderStage.DEPARTMENT])
    (notice,) = told(cast["department"])
    assert notice.subject == "办理提醒：2件，其中2件已逾期"
    assert "以下事项逾期未办，请您督促：" in notice.body
    assert f"在办：{cast['unit'].get_full_name()}。" in notice.body
    assert "天" in notice.body


def test_applicants_are_led_to_the_portal(cast: Cast) -> None:
    for _number in range(2):
        (project,) = add_projects(cast, "returned")
        Project.objects.filter(pk=project.pk).update(due_on=DUE)
    remind(today=DUE)
    (notice,) = told(cast["applicant"])
    assert notice.url == "/portal/"
    assert portal_address("project", 7) == "/portal/projects/7/"
    assert portal_address("no-such-machine", 7) == "/portal/"


def test_experts_hear_from_their_own_room(cast: Cast) -> None:
    (project,) = add_projects(cast, "results_submitted")
    Project.objects.filter(pk=project.pk).update(due_on=DUE)
    remind(today=DUE)
    assert told(cast["department"])
    assert not told(cast["expert"])


def test_what_nobody_has_is_counted(cast: Cast) -> None:
    submitted(cast)
    cast["unit"].memberships.all().update(until="2020-01-02")
    plan = remind(today=DUE)
    assert (plan.told, plan.nobody) == ([], 1)
    late = remind(today=STAGES[ReminderStage.DEPARTMENT])
    assert [stage for _one, stage in late.told] == [ReminderStage.DEPARTMENT]
    assert not stages(Settled.SKIPPED)


def test_a_long_list_is_cut_and_says_how_much_is_left(cast: Cast) -> None:
    add_projects(cast, "submitted", range(35))
    Project.objects.update(due_on=DUE)
    remind(today=DUE)
    (notice,) = told(cast["unit"])
    assert "另有5件" in notice.body


# What rooms say


def opinion(item: str, due: date, *holders: Any, above: tuple[Any, ...] = ()) -> Deadline:
    return Deadline(item, "意见", "路灯不亮", due, holders, above, "/admin/x/1/", "/admin/x/1/")


def test_what_a_room_says_is_due_is_reminded_of_alike(cast: Cast, ours: list[Any]) -> None:
    officer, chief = make_person(Role.TASK_FORCE), make_person(Role.DEPARTMENT)
    asked = []

    def due(today: date) -> Iterator[Deadline]:
        asked.append(today)
        yield opinion("opinion:1", DUE, officer, above=((), (chief,)))
        yield opinion("opinion:1", DUE, chief)
        yield opinion("opinion:2", DUE, officer)

    ours.append(due)
    plan = remind(today=STAGES[ReminderStage.UNIT])
    assert [(one.item, stage) for one, stage in plan.told] == [
        ("opinion:1", ReminderStage.AFTER),
        ("opinion:2", ReminderStage.AFTER),
    ]
    assert asked == [STAGES[ReminderStage.UNIT]]
    later = remind(today=STAGES[ReminderStage.DEPARTMENT])
    assert [one.item for one, _stage in later.told] == ["opinion:1"]
    (notice,) = told(chief)
    assert notice.url == "/admin/x/1/"
    assert len(told(officer)) == 2


# The command


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("remind", *arguments, stdout=out, no_color=True)
    return out.getvalue().splitlines()


def test_the_command_says_in_one_line_what_was_told(cast: Cast) -> None:
    submitted(cast)
    (line,) = run("--on", f"{STAGES[ReminderStage.DEPARTMENT]}")
    assert line == (
        "Told of 1 item(s) in 3 notice(s) (0 before, 0 on, 0 after, 0 to units, 1 to the "
        "department); 3 stage(s) skipped, 0 item(s) with nobody to tell."
    )


def test_a_dry_run_lists_and_writes_nothing(cast: Cast) -> None:
    project = submitted(cast)
    listed, summary = run("--dry-run", "--on", f"{DUE}")
    assert listed == f"2022-06-16 on         项目 {project}（待初审）"
    assert summary.startswith("Would tell of 1 item(s) in 1 notice(s)")
    assert not Reminder.objects.exists()
    assert not ReminderRun.objects.exists()
    assert not Notice.objects.exists()


def test_without_a_day_it_is_today(cast: Cast) -> None:
    submitted(cast)
    with time_machine.travel(timezone.now().replace(2022, 6, 16, 4), tick=False):
        (line,) = run()
    assert line.startswith("Told of 1 item(s)")


def test_a_wrong_schedule_and_a_wrong_day_are_named(settings: Any) -> None:
    with pytest.raises(CommandError, match="--on takes a day like"):
        run("--on", "tomorrow")
    settings.PARTYBUILDING_REMIND_UNIT_DAYS = 0
    with pytest.raises(CommandError, match="REMIND_UNIT_DAYS"):
        run()


# Twice at once

RACER = """
import sys, django
django.setup()
from datetime import date
from django.db import OperationalError
from partybuilding.boards.services import remind
print("ready", flush=True)
sys.stdin.readline()
try:
    print(len(remind(today=date.fromisoformat(sys.argv[1])).told), flush=True)
except OperationalError:  # SQLite's patience ended on a busy machine: nothing was told
    print(0, flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_tell_everything_once() -> None:
    cast = make_cast()
    for place in range(3):
        submitted(cast)
        day = STAGES[list(ReminderStage)[place]]
        racers = [start(RACER, day) for _process in range(2)]
        assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 2
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        answers = sorted(int(racer.communicate(timeout=60)[0]) for racer in racers)
        assert answers == [0, place + 1]
        assert len(told(cast["unit"])) == place + 1
    assert (
        Reminder.objects.count() == 1 + 2 + 3 + 3
    )  # sent; and what came late skipped the days before


def test_the_database_keeps_one_row_a_stage(cast: Cast) -> None:
    submitted(cast)
    remind(today=DUE)
    row = Reminder.objects.filter(outcome=Settled.SENT).get()
    facts = {"item": row.item, "due_on": row.due_on, "stage": row.stage, "run": row.run}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(outcome=Settled.SKIPPED, **facts)
    assert str(row).endswith("到期日提醒")
    assert str(row.run) == "2022-06-16"
    assert Plan().count(ReminderStage.ON) == 0
