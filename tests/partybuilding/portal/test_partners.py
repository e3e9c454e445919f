"""Naming the organisations that apply jointly."""

import pytest
from django.urls import reverse

from tests.factories import make_organization, make_project, make_unit
from tests.partybuilding.portal.test_home import queries


@pytest.fixture
def draft(cast):
    return make_project("draft", cast)


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


@pytest.fixture
def place(draft):
    return reverse("portal:partners", args=[draft.pk])


def named(project):
    return [partner.organization.name for partner in project.partners.all()]


def test_an_organisation_is_found_by_name_or_unit_and_added(draft, client, place) -> None:
    unit = make_unit(name="马喇镇党委")
    village = make_organization(unit, name="官庄村党支部")
    assert "官庄村党支部" in client.get(place, {"q": "官庄"}).content.decode()
    assert "官庄村党支部" in client.get(place, {"q": "马喇 支部"}).content.decode()
    client.post(place, {"add": village.pk, "q": "官庄"})
    assert named(draft) == ["官庄村党支部"]
    client.post(place, {"remove": village.pk})
    assert named(draft) == []


def test_a_name_that_nobody_has_is_told(client, place) -> None:
    assert "没有找到相应党组织" in client.get(place, {"q": "查无此名"}).content.decode()


def test_some_organisations_cannot_take_part(cast, draft, client, place) -> None:
    department = cast["department"].memberships.first().organization
    closed = make_organization(is_active=False)
    for organization in (cast.organization, cast.organization.unit, department, closed):
        assert client.post(place, {"add": organization.pk}).status_code == 404
    assert named(draft) == []


@pytest.mark.parametrize("number", ["", "x", "²", "0"])
def test_nonsense_is_not_found(number, client, place) -> None:
    assert client.post(place, {"add": number}).status_code == 404


def test_partners_stay_once_it_is_handed_in(cast, client) -> None:
    project = make_project("submitted", cast)
    other = make_organization()
    address = reverse("portal:partners", args=[project.pk])
    page = client.post(address, {"add": other.pk}, follow=True).content.decode()
    assert "不能再修改" in page
    assert named(project) == []


def test_the_list_costs_the_same_for_many_organisations(client, place) -> None:
    unit = make_unit()
    make_organization(unit)
    few = queries(client, place)
    for _number in range(40):
        make_organization(unit)
    assert queries(client, place) == few
