"""The first days: what is told from what is there, who is guided, when the guide leaves the first screen."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.firstday.items import ITEMS, told
from partybuilding.organizations.models import IssuingBody
from tests.factories import make_cycle, make_organization, make_person, make_unit, make_user
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
SCREEN = reverse("partybuilding:first_days")
HOME = reverse("wagtailadmin_home")


def done() -> set[str]:
    return {one.item.code for one in told() if one.is_done}


def test_nothing_is_done_in_an_empty_database_and_one_query_tells(
    django_assert_num_queries: Any,
) -> None:
    IssuingBody.objects.all().delete()
    with django_assert_num_queries(1):
        assert done() == set()


def test_a_district_is_set_up_item_by_item() -> None:
    IssuingBody.objects.all().delete()
    unit = make_unit()
    assert done() == {"units"}
    lead = make_organization(unit)
    assert done() == {"units", "organizations"}
    IssuingBody.objects.create(since=timezone.localdate(), name="组织部", organization=unit)
    officer = make_person(Role.DEPARTMENT)
    assert done() == {"units", "organizations", "body", "department"}
    make_person(Role.UNIT, unit)
    make_person(Role.APPLICANT, lead)
    assert {"reviewers", "applicants"} <= done()
    make_person(Role.PUBLISHER)
    assert "publishers" not in done()
    make_person(Role.EDITOR)
    assert "publishers" in done()
    cycle = make_cycle()
    assert {one.code for one in ITEMS} - done() == {"opening"}
    move(cycle, "open_applications", by=officer)
    assert {one.code for one in ITEMS} == done()


def test_a_unit_without_a_reviewer_leaves_the_item_open() -> None:
    make_person(Role.UNIT, make_unit())
    assert "reviewers" in done()
    make_unit()
    assert "reviewers" not in done()


@pytest.mark.parametrize("role", [*Role.values, "admin"])
def test_the_department_and_administrators_are_guided(role: str) -> None:
    user = make_user(is_superuser=True) if role == "admin" else make_person(Role(role))
    answer = client_of(user).get(SCREEN)
    assert (answer.status_code == 200) == (role in ("admin", "department"))


def test_the_guide_leaves_the_first_screen_when_a_year_is_open() -> None:
    officer = make_person(Role.DEPARTMENT)
    client = client_of(officer)
    assert SCREEN in client.get(HOME).content.decode()
    assert "party-first-days" in client.get(HOME).content.decode()
    move(make_cycle(), "open_applications", by=officer)
    assert "party-first-days" not in client.get(HOME).content.decode()
    assert client.get(SCREEN).status_code == 200


@pytest.mark.parametrize(
    ("register", "code"),
    [("party_cycles_modeladmin_index", "year"), ("party_projects_modeladmin_index", "opening")],
)
def test_an_empty_register_leads_to_what_fills_it(register: str, code: str) -> None:
    address = reverse(register)
    way = f"{SCREEN}#{code}"
    client = client_of(make_person(Role.DEPARTMENT))
    assert way in client.get(address).content.decode()
    assert way not in client.get(address, {"q": "没有"}).content.decode()
    auditor = client_of(make_person(Role.AUDITOR))
    assert way not in auditor.get(address).content.decode()


def test_every_item_has_a_screen() -> None:
    client = client_of(make_user(is_superuser=True))
    for one in told():
        assert client.get(one.url).status_code == 200, one.url


def test_a_year_without_first_review_asks_for_no_reviewer() -> None:
    make_cycle()
    before = [one.item.code for one in told()]
    make_cycle(first_review=False)
    after = told()
    assert [one.number for one in after] == list(range(1, len(before)))
    assert set(before) - {one.item.code for one in after} == {"reviewers"}
    page = client_of(make_person(Role.DEPARTMENT)).get(SCREEN).content.decode()
    units = page[page.index('id="units"') : page.index('id="organizations"')]
    assert "初审" not in units
    assert "没有归口单位就无法申报" in units
