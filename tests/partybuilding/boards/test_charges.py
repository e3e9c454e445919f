"""A leader's own projects: state, progress, what is overdue and who has it; and the first screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partybuilding.core.desk.lines import desk_of
from partybuilding.core.states import Role
from partybuilding.projects.models import FourOnesPost, Project
from tests.factories import Cast, make_cast, make_person
from tests.factories.boards import Board, add_projects
from tests.factories.promises import make_promise
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
MINE = "/admin/party/boards/mine/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def charge(project: Project, cast: Cast, duty: str = "leader") -> None:
    today = timezone.localdate()
    FourOnesPost.objects.create(
        project=project, duty=duty, name="王示例", person=cast["leader"], since=today
    )


def doing(cast: Cast, **facts: int) -> Project:
    project = add_projects(cast, "implementing", (12,), **facts)[0]
    Project.objects.filter(pk=project.pk).update(commitments_published_at=timezone.now())
    return project


def test_a_project_is_shown_with_all_that_a_leader_asks(cast: Cast) -> None:
    today = timezone.localdate()
    calm, late = doing(cast), doing(cast, due=-2)
    for project in (calm, late):
        charge(project, cast)
    charge(late, cast, "liaison")
    make_promise(late, today - timedelta(days=3), today, None)
    make_promise(late, today + timedelta(days=3), today)
    make_promise(calm, today + timedelta(days=3), None)
    page = client_of(cast["leader"]).get(MINE)
    first, second = page.context["charges"]
    assert (first.project, second.project) == (late, calm)
    assert (first.words, second.words) == ("包抓领导、联系组工干部", "包抓领导")
    assert (first.tally.kept, first.tally.closed, first.tally.steps) == (1, 2, 3)
    assert (first.overdue_promises, first.is_late) == (1, True)
    assert first.people == (cast["applicant"].get_full_name(),)
    assert not second.needs_attention
    text = page.content.decode()
    for words in ("您包抓2个项目。", "其中1个有逾期事项。", "2项承诺已完成1项", "1项承诺", "12天"):
        assert words in text


def test_promises_of_a_finished_year_are_not_overdue_any_more(cast: Cast) -> None:
    project = doing(cast)
    make_promise(project, timezone.localdate() - timedelta(days=3), None)
    Project.objects.filter(pk=project.pk).update(state="graded")
    charge(project, cast)
    (one,) = client_of(cast["leader"]).get(MINE).context["charges"]
    assert (one.tally.overdue, one.overdue_promises, one.needs_attention) == (1, 0, False)


def test_overdue_records_of_other_machines_stand_with_their_project(cast: Cast) -> None:
    from partybuilding.brands.models import Brand
    from partybuilding.brands.services import start_brand

    project = doing(cast)
    FourOnesPost.objects.create(
        project=project, duty="liaison", name="赵示例", person=cast["department"]
    )
    brand = start_brand(project, by=cast["editor"], name="红色驿站")
    yesterday = timezone.localdate() - timedelta(days=1)
    Brand.objects.filter(pk=brand.pk).update(due_on=yesterday)
    (one,) = client_of(cast["department"]).get(MINE).context["charges"]
    assert one.late == [("品牌", 1)]
    assert "品牌1件" in client_of(cast["department"]).get(MINE).content.decode()


def test_nobody_in_charge_reads_a_sentence(cast: Cast) -> None:
    assert "目前没有由您包抓或联系的项目。" in client_of(cast["leader"]).get(MINE).content.decode()


def test_the_list_asks_the_same_of_one_and_of_many(cast: Cast) -> None:
    client = client_of(cast["leader"])
    charge(doing(cast), cast)
    queries_of(client, MINE)  # what is asked once in a process
    before = queries_of(client, MINE)
    for _number in range(12):
        project = doing(cast, due=-1)
        charge(project, cast)
        make_promise(project, timezone.localdate(), None)
    assert queries_of(client, MINE) == before


def test_a_leader_opens_the_case_file_and_nothing_of_reviews(cast: Cast) -> None:
    project, other = doing(cast), doing(cast)
    charge(project, cast)
    client = client_of(cast["leader"])
    assert client.get(f"/admin/party/projects/{project.pk}/").status_code == 200
    assert client.get(f"/admin/party/projects/{other.pk}/").status_code == 404
    assert client.get(f"/admin/party/projects/{project.pk}/four-ones/").status_code == 404


def test_the_first_screen_leads_to_the_boards() -> None:
    board = Board()
    lines = {str(line.label): line for line in desk_of(board["department"])}
    late = lines["逾期事项"]
    assert (late.count, late.url) == (10, "/admin/party/boards/overdue/")
    own = {str(line.label): line.count for line in desk_of(board.reviewer)}
    assert own["逾期事项"] == 2
    assert "逾期事项" not in {str(line.label) for line in desk_of(board["editor"])}
    project = add_projects(board.cast, "implementing", due=-1)[0]
    charge(project, board.cast)
    (line,) = desk_of(board["leader"])
    assert (line.label, line.count, line.overdue, line.url) == ("我包抓的项目", 1, 1, MINE)


def test_the_menu_shows_each_role_its_ways() -> None:
    cast = make_cast()
    shown = {
        role: client_of(cast[role]).get("/admin/").content.decode()
        for role in ("department", "leader", "unit", "editor")
    }
    assert {role for role, page in shown.items() if "/admin/party/boards/mine/" in page} == {
        "leader"
    }
    with_boards = {role for role, page in shown.items() if '"/admin/party/boards/"' in page}
    assert with_boards == {"department", "leader", "unit"}


def test_a_leader_without_projects_sees_empty_boards() -> None:
    leader = make_person(Role.LEADER)
    for name in ("", "overdue/"):
        page = client_of(leader).get(f"/admin/party/boards/{name}")
        assert page.status_code == 200
    assert "没有逾期事项。" in page.content.decode()
