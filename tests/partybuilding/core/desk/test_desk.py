"""待我办理: what each role finds on the first screen, and that other rooms can add lines."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.desk.lines import DeskLine, desk_of
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.rooms import only
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db


def lines(user: Any) -> dict[str, tuple[int, int]]:
    return {str(line.label): (line.count, line.overdue) for line in desk_of(user)}


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for state in ("submitted", "submitted", "first_passed", "approved", "declined"):
        make_project(state, cast)
    return cast


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("unit", {"待初审": (2, 0)}),
        (
            "department",
            {"待立项评审": (1, 0), "待预评估": (1, 0), "待立项初评": (1, 0)},
        ),
        ("taskforce", {"待实地走访": (1, 0)}),
        ("auditor", {}),
        ("editor", {}),
        ("publisher", {}),
    ],
)
def test_each_role_finds_what_waits_for_it(
    cast: Cast, role: str, expected: dict[str, tuple[int, int]]
) -> None:
    found = lines(cast[role])
    assert {label: found.get(label) for label in expected} == expected
    assert not {"待初审", "待立项评审", "待预评估"} & (set(found) - set(expected))


def test_a_unit_counts_its_own_alone(cast: Cast) -> None:
    assert lines(make_person(Role.UNIT, make_organization().unit)) == {}


def test_what_is_late_and_what_is_due_today_is_counted(cast: Cast) -> None:
    today = timezone.localdate()
    late, due = Project.objects.filter(state="submitted")
    Project.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    Project.objects.filter(pk=due.pk).update(due_on=today)
    boards = {"逾期事项": (1, 0)}
    assert lines(cast["unit"]) == {"待初审": (2, 1), "今日到期": (1, 0), **boards}


def test_every_line_leads_to_a_list_with_as_many_projects(cast: Cast) -> None:
    Project.objects.filter(state="submitted").update(due_on=timezone.localdate())
    for role in ("unit", "department", "taskforce"):
        client = client_of(cast[role])
        for line in desk_of(cast[role]):
            shown = client.get(line.url).context["object_list"]
            assert len(shown) == line.count, line


def test_the_first_screen_shows_the_desk_before_anything_else(cast: Cast) -> None:
    page = client_of(cast["unit"]).get("/admin/").text
    assert page.index("待我办理") < page.index("未读消息")
    assert "party-desk__tile--waiting" in page


def test_who_has_nothing_to_do_reads_so() -> None:
    assert "暂无待办事项。" in client_of(make_person(Role.AUDITOR)).get("/admin/").text


def test_another_room_adds_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def cases(user: Any) -> Iterator[DeskLine]:
        yield DeskLine("案例待遴选", 3)
        yield DeskLine("没有", 0)

    only(monkeypatch, desk=(cases,))
    assert [line.label for line in desk_of(None)] == ["案例待遴选"]
