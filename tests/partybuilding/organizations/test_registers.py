"""The registers of organisations, people and groups: columns, filters, search, export, queries."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from openpyxl import load_workbook

from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.models import ExpertGroup, Membership, Organization
from partybuilding.organizations.states import OrganizationKind
from tests.factories import make_group, make_organization, make_person, make_unit, make_user
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
ORGANIZATIONS = reverse("party_organizations_modeladmin_index")
PEOPLE = reverse("party_people_modeladmin_index")
GROUPS = reverse("party_groups_modeladmin_index")


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def listed(user: Any, address: str, **params: Any) -> set[str]:
    answer = client_of(user).get(address, params)
    assert answer.status_code == 200
    return {str(item) for item in answer.context["object_list"]}


def rows_of(user: Any, address: str, **params: Any) -> list[list[Any]]:
    content = client_of(user).get(address, {**params, "export": "xlsx"}).getvalue()
    sheet = load_workbook(BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_addresses_show_a_person_where_they_are() -> None:
    assert (ORGANIZATIONS, PEOPLE) == ("/admin/party/organizations/", "/admin/party/people/")


# Organisations


@pytest.fixture
def places() -> dict[str, Organization]:
    """One organisation for every filter."""
    unit = make_unit(name="某街道党工委", code="A")
    return {
        "unit": unit,
        "full": make_organization(unit, name="齐全党委", sector="rural"),
        "no_secretary": make_organization(
            unit, name="缺书记党支部", secretary_name="", kind="branch"
        ),
        "no_unit": make_organization(
            name="无归口党委",
            parent=make_organization(None, name="区委", kind="district", parent=None),
        ),
    }


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"kind": "branch"}, {"no_secretary"}),
        ({"kind": ["branch", "working_committee"]}, {"no_secretary", "unit"}),
        ({"sector": "rural"}, {"full"}),
        ({"reports": "unit"}, {"unit"}),
        ({"lack": "secretary"}, {"no_secretary", "unit"}),
        ({"lack": "unit"}, {"no_unit"}),
        ({"lack": ["secretary", "unit"]}, {"no_secretary", "unit", "no_unit"}),
        ({"use": "no"}, set()),
        ({"q": "齐全"}, {"full"}),
        ({"q": "缺书记 党支部"}, {"no_secretary"}),
        ({"q": "nonsense"}, set()),
        ({"kind": "nonsense", "sector": "rural"}, {"full"}),
    ],
)
def test_organizations_are_narrowed(
    officer: Any, places: dict[str, Organization], params: dict[str, Any], expected: set[str]
) -> None:
    assert listed(officer, ORGANIZATIONS, **params) & {str(p) for p in places.values()} == {
        str(places[key]) for key in expected
    }


def test_a_unit_is_listed_with_what_reports_through_it(
    officer: Any, places: dict[str, Organization]
) -> None:
    found = listed(officer, ORGANIZATIONS, unit=places["unit"].pk)
    assert found == {"某街道党工委", "齐全党委", "缺书记党支部"}


def test_what_is_out_of_use_or_without_people_is_found(officer: Any) -> None:
    unit = make_unit()
    closed, empty, full = (make_organization(unit) for _number in range(3))
    services.deactivate_organization(closed, by=officer)
    make_person(Role.APPLICANT, full)
    assert listed(officer, ORGANIZATIONS, use="no") == {closed.name}
    assert listed(officer, ORGANIZATIONS, lack="people", use="yes", unit=unit.pk) == {
        unit.name,
        empty.name,
    }


def test_a_missing_secretary_is_marked_and_people_are_counted_once(officer: Any) -> None:
    place = make_organization(secretary_name="")
    person = make_person(Role.APPLICANT, place)
    services.appoint(person, Role.EXPERT, place, by=officer)
    former = make_person(Role.APPLICANT, place)
    services.end_membership(former.memberships.get(), by=officer)
    answer = client_of(officer).get(ORGANIZATIONS, {"q": place.name})
    assert answer.context["object_list"][0].people == 1
    assert "未登记" in answer.text


def test_the_exported_list_is_the_filtered_one(officer: Any) -> None:
    place = make_organization(name="=HYPERLINK(示例)")
    headings, row = rows_of(officer, ORGANIZATIONS, q=place.code)
    facts = dict(zip(headings, row, strict=True))
    assert facts["党组织名称"] == "=HYPERLINK(示例)"
    assert (facts["归口单位"], facts["人数"], facts["使用状态"]) == (place.unit.name, 0, "启用")


def test_only_keepers_are_offered_to_write(officer: Any) -> None:
    unit = make_unit()
    for user, offered in ((officer, True), (make_person(Role.UNIT, unit), False)):
        page = client_of(user).get(ORGANIZATIONS).text
        assert (reverse("partybuilding:organization_add") in page) == offered
        assert (reverse("partybuilding:import") in page) == offered
        assert reverse("partybuilding:organization_tree") in page
        page = client_of(user).get(PEOPLE).text
        assert (reverse("partybuilding:person_add") in page) == offered


# People


@pytest.fixture
def people(officer: Any) -> dict[str, Any]:
    """One person for every filter; all of one unit's organisations but the last."""
    unit = make_unit(name="某街道党工委")
    place = make_organization(unit, name="石城社区党委", code="QJ-9")
    found = {
        "reviewer": make_person(Role.UNIT, unit, first_name="初审某"),
        "applicant": make_person(Role.APPLICANT, place, first_name="申报某"),
        "former": make_person(Role.APPLICANT, place, first_name="曾任某"),
        "nobody": make_user(first_name="无职某"),
        "stranger": make_person(Role.APPLICANT, make_organization(), first_name="外单位某"),
    }
    services.end_membership(found["former"].memberships.get(), by=officer)
    services.deactivate_account(found["stranger"], by=officer)
    return found


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"role": "unit"}, {"reviewer"}),
        ({"role": ["unit", "applicant"]}, {"reviewer", "applicant", "former", "stranger"}),
        ({"organization": "QJ-9"}, {"applicant", "former"}),
        ({"organization": "石城"}, {"applicant", "former"}),
        ({"organization": " "}, {"reviewer", "applicant", "former", "nobody", "stranger"}),
        ({"standing": "current"}, {"reviewer", "applicant", "stranger"}),
        ({"standing": "former"}, {"former"}),
        ({"standing": "former", "role": "unit"}, set()),
        ({"standing": "none"}, {"former", "nobody"}),
        ({"account": "off"}, {"stranger"}),
        ({"account": "active", "role": "applicant"}, {"applicant", "former"}),
        ({"q": "申报某"}, {"applicant"}),
        ({"q": "石城"}, {"applicant", "former"}),
        ({"q": "初审员"}, {"reviewer"}),
        ({"q": "Unit reviewer"}, set()),
    ],
)
def test_people_are_narrowed(
    officer: Any, people: dict[str, Any], params: dict[str, Any], expected: set[str]
) -> None:
    names = {person.username for person in people.values()}
    assert listed(officer, PEOPLE, **params) & names == {people[key].username for key in expected}


def test_people_of_a_unit_are_those_of_all_its_organizations(
    officer: Any, people: dict[str, Any]
) -> None:
    unit = Organization.objects.get(name="某街道党工委")
    found = listed(officer, PEOPLE, unit=unit.pk)
    assert found == {people[key].username for key in ("reviewer", "applicant", "former")}


def test_the_register_of_people_tells_what_they_hold_and_whether_they_can_sign_in(
    officer: Any, people: dict[str, Any]
) -> None:
    page = client_of(officer).get(PEOPLE).text
    for words in ("石城社区党委 · 申报人", "曾任", "无任职", "已停用", "正常"):
        assert words in page
    headings, row = rows_of(officer, PEOPLE, q="申报某")
    facts = dict(zip(headings, row, strict=True))
    assert facts["现任职务"] == "石城社区党委 · 申报人 · 申报人"
    assert facts["账号"] == "正常"


def test_a_unit_is_not_told_what_its_people_hold_elsewhere(people: dict[str, Any]) -> None:
    elsewhere = make_organization(name="别处的党委")
    services.appoint(people["applicant"], Role.EXPERT, elsewhere, by=None)
    page = client_of(people["reviewer"]).get(PEOPLE).text
    assert "申报某" in page
    assert "别处的党委" not in page


# Expert groups


def test_groups_tell_their_members_and_projects_and_are_found_by_member(officer: Any) -> None:
    group = make_group(make_person(Role.EXPERT, first_name="专家甲"), make_person(Role.EXPERT))
    make_group()
    assert listed(officer, GROUPS, q="专家甲") == {group.name}
    found = client_of(officer).get(GROUPS, {"q": "专家甲"}).context["object_list"][0]
    assert (found.member_count, found.project_count) == (2, 0)
    assert reverse("partybuilding:expert_group_add") in client_of(officer).get(GROUPS).text


# What it costs


def many(number: int) -> None:
    """Write so many organisations, people and groups."""
    unit = make_unit()
    places = [
        Organization(
            name=f"批量{unit.pk}-{n}",
            code=f"M{unit.pk}-{n}",
            kind=OrganizationKind.BRANCH,
            parent=unit,
            unit=unit,
        )
        for n in range(number)
    ]
    Organization.objects.bulk_create(places)
    users = [get_user_model()(username=f"m{unit.pk}-{n}", first_name="某") for n in range(number)]
    get_user_model().objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(user=user, organization=place, role=Role.EXPERT)
        for user, place in zip(users, places, strict=True)
    )
    ExpertGroup.objects.bulk_create(ExpertGroup(name=f"批量组{unit.pk}-{n}") for n in range(number))


@pytest.mark.parametrize(
    "address", [ORGANIZATIONS, PEOPLE, GROUPS, reverse("partybuilding:organization_tree")]
)
def test_a_register_takes_as_many_queries_for_a_thousand_rows_as_for_ten(
    officer: Any, address: str
) -> None:
    client = client_of(officer)
    many(10)
    client.get(address)
    ten = queries_of(client, address)
    many(1000)
    assert queries_of(client, address) <= ten + 1  # the pages' second count
    assert ten < 25


@pytest.mark.parametrize("address", [ORGANIZATIONS, PEOPLE])
def test_an_export_takes_as_many_queries_for_a_thousand_rows_as_for_ten(
    officer: Any, address: str
) -> None:
    client = client_of(officer)
    many(10)
    client.get(address)
    ten = queries_of(client, f"{address}?export=xlsx")
    many(1000)
    assert queries_of(client, f"{address}?export=xlsx") == ten
