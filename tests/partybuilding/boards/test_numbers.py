"""Every number of a board opens a list of exactly so many rows, for whoever looks, however narrowed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partybuilding.boards.selectors.holders import holders, late_holders, oldest
from partybuilding.boards.watched import Narrowing, watched_by
from partybuilding.brands.models import Brand
from partybuilding.cases.models import CaseStudy
from partybuilding.core.access.paths import paths_of_record, places_of
from partybuilding.core.machine.registry import all_machines
from partybuilding.core.registers.admin import register_for
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import make_person
from tests.factories.boards import Board, add_projects
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
BOARDS = "/admin/party/boards"
LINK = re.compile(r'<a\s+class="party-count[^"]*" href="([^"]+)" data-count="(\d+)"')
SCREENS = ("/", "/overdue/", "/load/")


@pytest.fixture
def board() -> Board:
    return Board()


def numbers(client: Client, address: str) -> list[tuple[str, int]]:
    page = client.get(address).content.decode()
    return [(unescape(url), int(count)) for url, count in LINK.findall(page)]


def rows(client: Client, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, address
    context = answer.context
    return (context.get("page_obj") or context["paginator"].page(1)).paginator.count


@pytest.mark.parametrize("role", ["department", "unit", "auditor"])
@pytest.mark.parametrize("narrowed", ["", "cycle", "unit", "both"])
def test_each_number_opens_as_many_rows(board: Board, role: str, narrowed: str) -> None:
    client = client_of(board[role])
    parts = {"cycle": board.cast.cycle.pk, "unit": board.cast.organization.unit_id}
    asked = {key: pk for key, pk in parts.items() if narrowed in (key, "both")}
    move(
        Project.objects.filter(state="submitted", organization=board.cast.organization).first(),
        "not_recommend",
        by=board["unit"],
        reason="不够具体。",
        data={"grounds": ["plan_incomplete"]},
    )
    query = "&".join(f"{key}={pk}" for key, pk in asked.items())
    found = [link for screen in SCREENS for link in numbers(client, f"{BOARDS}{screen}?{query}")]
    assert len(found) > 15
    for url, count in set(found):
        assert rows(client, url) == count, url


def test_a_unit_counts_its_own_alone(board: Board) -> None:
    own = dict(numbers(client_of(board["unit"]), f"{BOARDS}/"))
    other = dict(numbers(client_of(board.reviewer), f"{BOARDS}/"))
    register = "/admin/party/projects/?state=submitted"
    assert (own[register], other[register]) == (5, 3)
    assert rows(client_of(board["unit"]), f"{register}&unit={board.other.unit_id}") == 5


def test_what_does_not_exist_narrows_nothing(board: Board) -> None:
    client = client_of(board["department"])
    plain = numbers(client, f"{BOARDS}/")
    assert plain == numbers(client, f"{BOARDS}/?cycle=x&unit=99999999&kind=nothing&page=4")
    nonsense = "/admin/party/projects/?holder=unit:abc&waited=never"
    assert rows(client, nonsense) == Project.objects.count()
    assert rows(client, "/admin/party/projects/?holder=unit:99999") == Project.objects.count()
    assert rows(client, "/admin/party/projects/?holder=department:3") == Project.objects.count()


def test_a_list_says_whose_it_is(board: Board) -> None:
    unit = board.cast.organization.unit
    page = client_of(board["department"]).get(f"/admin/party/projects/?holder=unit:{unit.pk}")
    assert f"{unit.name}（初审员）" in page.content.decode()
    assert (
        rows(client_of(board["department"]), f"/admin/party/projects/?holder=unit:{unit.pk}") == 5
    )


def test_registers_beside_the_boards_stay_as_they_are(board: Board) -> None:
    """Years belong to no organisation, and organisations to no machine."""
    client = client_of(board["department"])
    assert rows(client, "/admin/party/cycles/?holder=department&waited=week") == 2
    assert rows(client, "/admin/party/cycles/?waited=longer") == 0
    names = {"unit", "cycle"}
    cycles = client.get("/admin/party/cycles/").context["bar"]
    assert not names & set(cycles.filters)
    page = client.get("/admin/party/organizations/")
    assert "holder" not in page.context["bar"].filters


def test_the_brands_of_a_year_are_counted_once(board: Board) -> None:
    from partybuilding.brands.services import start_brand

    first, second = add_projects(board.cast, "implementing", (1, 2))
    brand = start_brand(first, by=board["editor"], name="红色驿站")
    brand.origins.create(project=second, order=1)
    client = client_of(board["department"])
    cycle = board.cast.cycle.pk
    found = dict(numbers(client, f"{BOARDS}/?kind=brand&cycle={cycle}"))
    assert found == {f"/admin/party/brands/?state=draft&cycle={cycle}": 1} | {
        f"/admin/party/brands/?state=draft&waited=week&cycle={cycle}": 1
    }
    for url, count in found.items():
        assert rows(client, url) == count


def test_every_machine_of_an_organization_is_watched(board: Board) -> None:
    """A machine whose records stand in a register of their own is on the boards."""
    watched = {one.code for one in watched_by(board["department"])}
    with_register = {
        machine.code
        for machine in all_machines()
        if paths_of_record(machine.model).organization and register_for(machine.model)
    }
    assert {"project", "brand", "case"} <= watched == with_register
    assert {one.code for one in watched_by(board["applicant"])} == set()


@pytest.mark.parametrize("state", ["draft", "submitted", "first_passed", "results_submitted"])
def test_the_paths_say_what_the_records_say(board: Board, state: str) -> None:
    """Counting by paths gives the same holders as asking each record."""
    today = timezone.localdate()
    watched = [one for one in watched_by(board["department"]) if one.code == "project"]
    asked: dict[Any, int] = {}
    for project in Project.objects.filter(state=state):
        for place in places_of(project):
            asked[place] = asked.get(place, 0) + 1
    roles = {role for role, _place in asked}
    assert (
        asked.items()
        <= {
            one.place: one.counts["project"][0]
            for one in holders(_only(watched, state), today)
            if one.place[0] in roles
        }.items()
    )


def _only(watched: list[Any], state: str) -> list[Any]:
    """Narrow to one state, so that what others have is not added."""

    class One(type(watched[0])):
        @property
        def records(self) -> Any:
            return super().records.filter(state=state)

    return [One(one.machine, one.register, one.user, one.narrowing) for one in watched]


@pytest.mark.parametrize("model", [Project, Brand, CaseStudy])
def test_places_stand_at_the_ends_of_paths(board: Board, model: type[Any]) -> None:
    """`place_of` of each role that holds some state is what the path leads to."""
    from partybuilding.brands.services import start_brand
    from partybuilding.core.machine.registry import machine_of

    project = add_projects(board.cast, "implementing")[0]
    record = {
        Project: lambda: project,
        Brand: lambda: start_brand(project, by=board["editor"], name="红色驿站"),
        CaseStudy: lambda: CaseStudy(project=project, title="案例"),
    }[model]()
    where = paths_of_record(model)
    for role in {role for state in machine_of(model).table.states for role in state.holders}:
        end: Any = record
        for name in where.place(role).split("__") if where.place(role) else ():
            end = getattr(end, name)
        assert record.place_of(role) == (end if where.place(role) else None)


def test_without_a_unit_no_reviewer_has_it(board: Board) -> None:
    lone = board.cast.organization
    type(lone).objects.filter(pk=lone.pk).update(unit=None, parent=None)
    project = Project.objects.filter(organization=lone, state="submitted").first()
    assert places_of(project) == []
    today = timezone.localdate()
    found = holders(watched_by(board["department"]), today)
    assert ("unit", None) not in {one.place for one in found}


def test_the_oldest_stand_first_with_who_has_them(board: Board) -> None:
    today = timezone.localdate()
    listed = oldest(watched_by(board["department"]), today, most=3)
    assert [(today - one.record.due_on).days for one in listed] == [9, 5, 3]
    (holder,) = listed[0].holders
    assert holder.name == board.other.unit.name
    assert holder.people == (board.reviewer.get_full_name(),)
    both = {one.role for one in listed[1].holders}
    assert both == {Role.EXPERT, Role.DEPARTMENT}
    late = late_holders(holders(watched_by(board["department"]), today))
    assert [one.overdue for one in late] == sorted((one.overdue for one in late), reverse=True)
    assert all(one.overdue for one in late)


def test_a_board_asks_the_same_of_few_and_of_many(board: Board) -> None:
    clients = [client_of(board[role]) for role in ("department", "unit")]
    for one in clients:
        queries_of(one, f"{BOARDS}/")  # what is asked once by a process, and by a person
    before = [queries_of(one, f"{BOARDS}{screen}") for one in clients for screen in SCREENS]
    for state in ("submitted", "first_passed", "implementing", "results_submitted"):
        add_projects(board.cast, state, range(40), due=-4)
    for _number in range(4):
        make_person(Role.UNIT, board.cast.organization.unit)
    after = [queries_of(one, f"{BOARDS}{screen}") for one in clients for screen in SCREENS]
    assert after == before


@pytest.mark.parametrize(
    ("screen", "roles"),
    [
        ("/", {"unit", "department", "taskforce", "auditor", "leader"}),
        ("/overdue/", {"unit", "department", "taskforce", "auditor", "leader"}),
        ("/load/", {"unit", "department", "taskforce", "auditor"}),
        ("/mine/", {"unit", "department", "taskforce", "auditor", "leader"}),
    ],
)
def test_those_who_look_over_the_work_see_the_boards(
    board: Board, screen: str, roles: set[str]
) -> None:
    staff = [role for role in Role.values if role not in ("applicant", "expert")]
    answers = {role: client_of(board[role]).get(f"{BOARDS}{screen}") for role in staff}
    assert {role for role, one in answers.items() if one.status_code == 200} == roles
    assert {one.status_code for one in answers.values()} <= {200, 404}
    for role in ("applicant", "expert"):
        assert client_of(board[role]).get(f"{BOARDS}{screen}").status_code in (302, 403)


def test_a_narrowing_to_a_unit_that_is_not_ones_own_is_ignored(board: Board) -> None:
    client = client_of(board["unit"])
    context = client.get(f"{BOARDS}/?unit={board.other.unit_id}").context
    assert context["narrowing"] == Narrowing()
    assert [one["name"] for one in context["filters"]] == ["cycle"]


def test_titles_and_names_are_written_as_text(board: Board) -> None:
    Project.objects.filter(state="submitted").update(title="<script>x</script>")
    type(board.other).objects.filter(pk=board.other.unit_id).update(name="<i>单位</i>")
    page = client_of(board["department"]).get(f"{BOARDS}/overdue/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "&lt;i&gt;单位&lt;/i&gt;" in page
    assert "<script>x" not in page
