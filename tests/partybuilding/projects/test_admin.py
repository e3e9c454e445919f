"""The register of projects: scope, columns, filters, search, order, and as many queries for 1,000 rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.services import save_partners
from tests.factories import (
    Cast,
    make_cast,
    make_organization,
    make_person,
    make_project,
    open_cycle,
)
from tests.factories.projects import assess
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/projects/"
ROWS = "/admin/party/projects/results/"


def listed(user: Any, **params: Any) -> list[Project]:
    answer = client_of(user).get(REGISTER, params)
    assert answer.status_code == 200
    return list(answer.context["object_list"])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def other(cast: Cast) -> Cast:
    """Everybody around an organisation of another unit, in the same year."""
    return make_cast(cast.cycle, make_organization(sector="rural"))


@pytest.mark.parametrize(
    ("role", "number"),
    [
        ("unit", 2),
        ("department", 4),
        ("taskforce", 4),
        ("auditor", 4),
        ("editor", 2),
        ("publisher", 2),
    ],
)
def test_each_role_is_shown_its_scope(cast: Cast, other: Cast, role: str, number: int) -> None:
    for one in (cast, other):
        make_project("submitted", one)
        make_project("approved", one)
    assert len(listed(cast[role])) == number


@pytest.mark.parametrize("address", [REGISTER, ROWS])
def test_a_unit_finds_nothing_of_another_by_filter_or_search(
    cast: Cast, other: Cast, address: str
) -> None:
    hidden = make_project("declined", other, title="别家的工作法")
    client = client_of(cast["unit"])
    queries: list[dict[str, Any]] = [
        {"q": "别家"},
        {"q": hidden.code},
        {"state": "declined"},
        {"unit": other.organization.unit_id},
        {"organization": other.organization.pk},
        {"assessments__findings__contains": "基"},
        {"export": "xlsx"},
    ]
    for params in queries:
        answer = client.get(address, params)
        assert answer.status_code == 200
        assert "工作法".encode() not in answer.content
        assert other.organization.name not in (answer.text if "export" not in params else "")


def test_the_choices_name_no_other_unit_and_no_numbers(cast: Cast, other: Cast) -> None:
    make_project("submitted", cast)
    make_project("submitted", other)
    page = client_of(cast["unit"]).get(REGISTER).text
    assert cast.organization.unit.name in page
    assert other.organization.unit.name not in page
    assert other.organization.unit.name in client_of(cast["department"]).get(REGISTER).text


def test_lookups_that_are_no_filters_are_left_out(cast: Cast) -> None:
    make_project("submitted", cast)
    assert len(listed(cast["unit"], assessments__findings__contains="x", nonsense="1")) == 1


def test_an_unknown_choice_is_left_out_and_the_other_filters_hold(cast: Cast) -> None:
    make_project("submitted", cast)
    make_project("first_passed", cast)
    found = listed(cast["department"], unit="999999", state="first_passed", due="never")
    assert [project.state for project in found] == ["first_passed"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"state": ["submitted", "returned"]}, {"待审", "退回"}),
        ({"desk": "mine"}, {"待审"}),
        ({"due": "overdue"}, {"待审"}),
        ({"due": "today"}, {"退回"}),
        ({"sector": "urban"}, {"待审", "退回", "通过"}),
        ({"sector": "rural"}, set()),
        ({"joint": "joint"}, {"通过"}),
        ({"joint": "single"}, {"待审", "退回"}),
        ({"q": "待审"}, {"待审"}),
        ({"q": "社区 退"}, {"退回"}),
    ],
)
def test_filters_and_search_keep_what_they_say(
    cast: Cast, params: dict[str, Any], expected: set[str]
) -> None:
    today = timezone.localdate()
    partner = make_organization(name="联合村党支部")
    submitted = make_project("submitted", cast, title="待审")
    returned = make_project("returned", cast, title="退回")
    passed = make_project("first_passed", cast, title="通过")
    passed.partners.create(organization=partner)
    Project.objects.filter(pk=submitted.pk).update(due_on=today - timedelta(days=1))
    Project.objects.filter(pk=returned.pk).update(due_on=today)
    assert {project.title for project in listed(cast["unit"], **params)} == expected


def test_a_partner_is_found_by_its_name(cast: Cast) -> None:
    draft = make_project("draft", cast, title="联建")
    save_partners(draft, [make_organization(name="小万村党支部")], by=cast["applicant"])
    assert [project.title for project in listed(cast["unit"], q="小万")] == ["联建"]


def test_years_and_units_filter(cast: Cast, other: Cast) -> None:
    make_project("submitted", cast)
    make_project("submitted", other)
    unit = other.organization.unit
    assert {p.organization for p in listed(cast["department"], unit=unit.pk)} == {
        other.organization
    }
    assert len(listed(cast["department"], cycle=cast.cycle.pk)) == 2
    assert listed(cast["department"], cycle=open_cycle().pk) == []


@pytest.mark.parametrize(
    ("lack", "expected"), [("assessment", {"空白"}), ("rating", {"空白"}), ("visit", {"空白"})]
)
def test_what_a_decision_lacks_is_listed(cast: Cast, lack: str, expected: set[str]) -> None:
    make_project("first_passed", cast, title="空白")
    assess(make_project("first_passed", cast, title="齐备"), cast)
    make_project("submitted", cast, title="待审")
    assert {project.title for project in listed(cast["taskforce"], lack=lack)} == expected


def test_what_is_due_stands_first_and_columns_sort(cast: Cast) -> None:
    first, second = (
        make_project("submitted", cast, title="乙"),
        make_project("submitted", cast, title="甲"),
    )
    third = make_project("draft", cast, title="丙")
    Project.objects.filter(pk=first.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    Project.objects.filter(pk=third.pk).update(due_on=None)
    user = cast["department"]
    assert listed(user) == [first, second, third]
    assert listed(user, ordering="due_on") == [first, second, third]
    assert listed(user, ordering="-due_on") == [second, first, third]
    assert listed(user, ordering="-code") == [second, first, third]
    assert listed(user, ordering="contact_phone") == [first, second, third]


def test_a_row_says_who_has_it_how_long_and_how_late(cast: Cast) -> None:
    project = make_project("submitted", cast)
    now = timezone.now()
    Project.objects.filter(pk=project.pk).update(
        due_on=timezone.localdate() - timedelta(days=3), state_since=now - timedelta(days=8)
    )
    page = client_of(cast["department"]).get(REGISTER).text
    for words in (project.code, "待初审", cast.organization.unit.name, "8天", "已逾期3天"):
        assert words in page
    assert reverse("partybuilding:case", args=[project.pk]) in page


def test_boxes_to_tick_stand_beside_what_the_user_may_decide_in_bulk(cast: Cast) -> None:
    waiting = make_project("submitted", cast)
    make_project("first_passed", cast)
    page = client_of(cast["unit"]).get(REGISTER).text
    assert page.count('name="id"') == 1
    assert f'name="id" value="{waiting.pk}"' in page
    assert 'name="id"' not in client_of(cast["auditor"]).get(REGISTER).text


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT])
def test_the_register_is_no_place_for_applicants_and_experts(cast: Cast, role: str) -> None:
    assert client_of(cast[role]).get(REGISTER).status_code == 302


@pytest.mark.parametrize("action", ["create", "edit", "delete", "history", "inspect"])
def test_there_is_no_address_for_adding_editing_or_deleting(cast: Cast, action: str) -> None:
    project = make_project("submitted", cast)
    for args in ([], [project.pk]):
        with pytest.raises(NoReverseMatch):
            reverse(f"party_projects_modeladmin_{action}", args=args)
    admin = get_user_model().objects.create_superuser("root", password="demo")
    assert client_of(admin).get(f"{REGISTER}{action}/{project.pk}/").status_code == 404


def many(cast: Cast, number: int) -> None:
    start, topic = Project.objects.count(), cast.cycle.topics.first()
    Project.objects.bulk_create(
        Project(
            cycle=cast.cycle,
            organization=cast.organization,
            title=f"项目{place}",
            state="submitted",
            code=f"T-{place:05d}",
            sector="urban",
            topic=topic,
        )
        for place in range(start, number)
    )


@pytest.mark.parametrize("role", ["unit", "department", "editor"])
@pytest.mark.parametrize("query", ["", "?q=项目&state=submitted&due=soon&ordering=due_on"])
def test_a_register_of_a_thousand_asks_as_often_as_one_of_ten(
    cast: Cast, role: str, query: str
) -> None:
    client = client_of(cast[role])
    many(cast, 10)
    client.get(REGISTER)
    few = queries_of(client, REGISTER + query)
    many(cast, 1000)
    assert queries_of(client, REGISTER + query) == few
    assert few <= 20


def test_a_page_holds_fifty(cast: Cast) -> None:
    many(cast, 60)
    assert len(listed(cast["unit"])) == 50
    assert len(listed(cast["unit"], p=2)) == 10
    assert len(listed(cast["unit"], p="x")) == 50


def test_the_trail_is_for_overseers_alone(cast: Cast) -> None:
    make_project("first_passed", cast, title="议事厅")
    trail = "/admin/party/trail/"
    for role in ("department", "taskforce", "auditor"):
        page = client_of(cast[role]).get(trail).text
        assert "初审通过" in page
        assert "议事厅" in page
    for role in ("unit", "editor", "publisher"):
        answer = client_of(cast[role]).get(trail)
        assert answer.status_code == 302
        assert "议事厅" not in answer.text


@pytest.mark.parametrize(
    ("params", "steps"),
    [
        ({"step": "pass_first"}, {"pass_first"}),
        ({"machine": "cycle"}, {"open_applications", "evaluation_rules"}),
        ({"q": "议事"}, {"create", "submit", "pass_first"}),
        ({"at_from": "2020-01-01", "at_to": "2020-01-02"}, set()),
        ({"step": "nonsense", "machine": "cycle"}, {"open_applications", "evaluation_rules"}),
    ],
)
def test_the_trail_is_narrowed(cast: Cast, params: dict[str, str], steps: set[str]) -> None:
    make_project("first_passed", cast, title="邻里议事厅")
    answer = client_of(cast["auditor"]).get("/admin/party/trail/", params)
    assert {row.step for row in answer.context["object_list"]} == steps


def test_the_trail_survives_a_forged_row(cast: Cast) -> None:
    project = make_project("submitted", cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partybuilding_transitionrecord SET step = 'x', to_state = 'y', machine = 'z'"
            " WHERE machine = 'project' AND record_id = %s",
            [project.pk],
        )
    assert client_of(cast["auditor"]).get("/admin/party/trail/").status_code == 200


def test_the_trail_asks_as_often_for_many_rows_as_for_few(cast: Cast) -> None:
    client = client_of(cast["auditor"])
    make_project("submitted", cast)
    client.get("/admin/party/trail/")
    few = queries_of(client, "/admin/party/trail/")
    for _turn in range(10):
        make_project("first_passed", cast)
    assert queries_of(client, "/admin/party/trail/") == few


def test_a_person_without_a_role_finds_no_register() -> None:
    nobody = make_person(Role.APPLICANT)
    assert client_of(nobody).get(REGISTER).status_code == 302
