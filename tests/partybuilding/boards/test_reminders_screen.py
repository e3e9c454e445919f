"""The register of reminders: who may read it, what it shows, and the days on which nothing ran."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.boards.models import Recipient, Reminder, ReminderRun
from partybuilding.boards.schedule import Schedule
from partybuilding.boards.selectors.plan import LATELY, missed_days, runs_lately
from partybuilding.boards.services import remind
from partybuilding.boards.states import ReminderStage, Settled
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast
from tests.factories.boards import add_projects
from tests.factories.people import make_user
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
URL = "/admin/party/reminders/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def page(client: Any, **asked: Any) -> str:
    answer = client.get(URL, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(client: Any, **asked: Any) -> list[str]:
    rows = client.get(URL, asked).context["object_list"]
    return [row.stage for row in rows]


def reminded(cast: Cast) -> Project:
    """Remind of a project a day after it was due; the two stages before are passed."""
    today = timezone.localdate()
    (project,) = add_projects(cast, "submitted")
    due = today - timedelta(days=20)
    while Schedule().reached(due, today)[-1] != ReminderStage.AFTER:
        due += timedelta(days=1)
    Project.objects.filter(pk=project.pk).update(due_on=due)
    remind()
    return Project.objects.get(pk=project.pk)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("department", 200),
        ("unit", 302),
        ("taskforce", 302),
        ("auditor", 302),
        ("editor", 302),
        ("publisher", 302),
        ("leader", 302),
        ("applicant", 302),
        ("expert", 302),
    ],
)
def test_the_department_reads_the_register_and_nobody_else_of_the_roles(
    cast: Cast, role: str, status: int
) -> None:
    client = client_of(cast[role])
    for url in (URL, f"{URL}results/"):
        assert client.get(url).status_code == status


def test_administrators_read_the_register() -> None:
    assert client_of(make_user(is_superuser=True, is_staff=True)).get(URL).status_code == 200


def test_a_row_says_what_by_which_rule_of_which_day_to_whom_and_when(cast: Cast) -> None:
    project = reminded(cast)
    said = page(client_of(cast["department"]), outcome="sent")
    row = Reminder.objects.get(outcome=Settled.SENT)
    assert f"{project}（待初审）" in said
    assert f'href="/admin/party/projects/{project.pk}/"' in said
    assert "逾期提醒" in said
    assert cast["unit"].get_full_name() in said
    assert f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}" in said
    assert (row.matter, row.kind, row.due_on) == ("project", "项目", project.due_on)


def test_whom_it_did_not_reach_is_marked_and_many_are_counted(cast: Cast) -> None:
    reminded(cast)
    row = Reminder.objects.get(outcome=Settled.SENT)
    Recipient.objects.update(told_at=None)
    client = client_of(cast["department"])
    assert f"{cast['unit'].get_full_name()}（未送达）" in page(client)
    Recipient.objects.bulk_create(
        Recipient(reminder=row, name=f"读者{number}", told_at=timezone.now()) for number in range(8)
    )
    said = page(client)
    assert "读者4等9人" in said
    assert "读者5" not in said


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["after", "before", "on"]),
        ({"stage": "on"}, ["on"]),
        ({"outcome": "skipped"}, ["before", "on"]),
        ({"matter": "project"}, ["after", "before", "on"]),
        ({"matter": "nothing"}, ["after", "before", "on"]),
        ({"q": "邻里"}, ["after", "before", "on"]),
        ({"q": "无此事"}, []),
    ],
)
def test_the_register_is_narrowed_by_rule_matter_outcome_and_words(
    cast: Cast, asked: dict[str, str], expected: list[str]
) -> None:
    reminded(cast)
    assert sorted(shown(client_of(cast["department"]), **asked)) == expected


def test_the_register_is_narrowed_by_day(cast: Cast) -> None:
    reminded(cast)
    client, today = client_of(cast["department"]), timezone.localdate()
    assert len(shown(client, at_from=today, at_to=today)) == 3
    assert shown(client, at_from=today + timedelta(days=1)) == []
    assert shown(client, due_on_from=today + timedelta(days=1)) == []


def test_a_person_is_found_by_name_and_no_row_twice(cast: Cast) -> None:
    reminded(cast)
    row = Reminder.objects.get(outcome=Settled.SENT)
    for _number in range(2):
        Recipient.objects.create(reminder=row, name="周至清", told_at=timezone.now())
    assert shown(client_of(cast["department"]), q="周至清") == ["after"]


def test_the_list_is_given_out_as_a_workbook(cast: Cast) -> None:
    reminded(cast)
    answer = client_of(cast["department"]).get(URL, {"export": "xlsx"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_register_asks_as_many_queries_for_many_rows_as_for_few(cast: Cast) -> None:
    reminded(cast)
    client = client_of(cast["department"])
    client.get(URL)
    few = queries_of(client, URL)
    run = ReminderRun.objects.get()
    rows = Reminder.objects.bulk_create(
        Reminder(
            run=run, item=f"lamp:{n}", matter="lamp", kind="意见", title="路灯", due_on=run.day,
            stage="on", outcome="sent",
        )
        for n in range(1000)
    )  # fmt: skip
    Recipient.objects.bulk_create(Recipient(reminder=row, name="周至清") for row in rows)
    assert queries_of(client, URL) <= few


# The runs


def test_the_screen_says_that_the_reminders_never_ran(cast: Cast) -> None:
    assert "提醒任务从未运行" in page(client_of(cast["department"]))


def test_the_screen_tells_the_last_run_and_that_nothing_was_missed(cast: Cast) -> None:
    remind()
    said = page(client_of(cast["department"]))
    assert "最近一次运行" in said
    assert "没有漏跑" in said
    assert "今天尚未运行" not in said


def test_the_screen_lists_the_missed_days_and_what_failed(cast: Cast) -> None:
    today = timezone.localdate()
    ReminderRun.objects.create(day=today - timedelta(days=4), last_at=timezone.now())
    ReminderRun.objects.create(
        day=today - timedelta(days=2), last_at=timezone.now(), faults=["lamp:2: ValueError: dark"]
    )
    said = page(client_of(cast["department"]))
    assert "有2天未运行" in said
    for days in (1, 3):
        assert f"<li>{today - timedelta(days=days):%Y-%m-%d}</li>" in said
    assert "今天尚未运行" in said
    assert "lamp:2: ValueError: dark" in said
    assert "1项未能提醒" in said


def test_missed_days_begin_after_the_first_run_and_end_before_today() -> None:
    today = date(2022, 6, 16)
    assert missed_days([], today) == ()
    assert missed_days([today], today) == ()
    assert missed_days([date(2022, 6, 13), date(2022, 6, 15)], today) == (date(2022, 6, 14),)
    assert missed_days([date(2021, 1, 1)], today) == tuple(
        today - timedelta(days=number) for number in range(1, LATELY + 1)
    )


def test_a_look_from_a_later_day_hides_no_missed_day() -> None:
    today = date(2022, 6, 16)
    for day in (date(2022, 6, 14), date(2022, 6, 20)):
        ReminderRun.objects.create(day=day)
    runs = runs_lately(today)
    assert (runs.missed, runs.ran_today) == ((date(2022, 6, 15),), False)
    assert not runs.is_in_order
