"""Naming the organisations that apply jointly."""

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.projects.services import answer_as_partner, save_partners
from tests.factories import fill, make_organization, make_person, make_project, make_unit
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


# Asked and answering ----------------------------------------------------------------------------


@pytest.fixture
def village():
    return make_organization(name="官庄村党支部")


@pytest.fixture
def clerk(village):
    return make_person(Role.APPLICANT, village)


@pytest.fixture
def asked(cast, draft, village):
    fill(draft, cast)
    save_partners(draft, [village], by=cast["applicant"])
    return draft


def consent(project):
    return reverse("portal:consent", args=[project.pk])


def test_a_partner_finds_the_request_at_home_reads_and_agrees(asked, clerk, browse) -> None:
    partner = browse(clerk)
    home = partner.get(reverse("portal:home")).text
    assert f'href="{consent(asked)}"' in home
    assert "待答复" in home
    text = partner.get(consent(asked)).text
    assert "楼道堆物" in text
    assert "官庄村党支部" in text
    answered = partner.post(consent(asked), {"answer": "agreed"}, follow=True)
    assert "已同意联合实施" in answered.text
    assert asked.partners.get().consent == "agreed"
    assert consent(asked) not in partner.get(reverse("portal:home")).text


def test_a_refusal_asks_for_the_reason_and_leads_home(asked, clerk, browse) -> None:
    partner = browse(clerk)
    text = partner.post(consent(asked), {"answer": "refused"}).text
    assert "请说明不参加联合实施的理由" in text
    assert "请选择是否参加" in partner.post(consent(asked), {}).text
    partner.post(consent(asked), {"answer": "refused", "reason": "人手不足。"})
    assert asked.partners.get().answer_reason == "人手不足。"
    assert partner.get(reverse("portal:project", args=[asked.pk])).status_code == 404


def test_the_lead_sees_each_answer_and_asks_again(asked, village, clerk, client, place) -> None:
    assert "待答复" in client.get(place).text
    answer_as_partner(asked, village, by=clerk, agrees=False, reason="人手不足。")
    text = client.get(place).text
    assert "不参加联合实施" in text
    assert "人手不足。" in text
    assert "已再次征求意见" in client.post(place, {"ask": village.pk}, follow=True).text
    assert asked.partners.get().consent == "asked"


def test_a_partner_that_nobody_answers_for_is_named(draft, cast, client, place, village) -> None:
    save_partners(draft, [village], by=cast["applicant"])
    assert "该单位尚无申报账号" in client.get(place).text


def test_the_check_names_who_has_not_agreed(asked, client) -> None:
    text = client.get(reverse("portal:check", args=[asked.pk])).text
    assert "官庄村党支部尚未答复是否同意联合实施" in text
    assert "提交申报</button>" not in text


def test_the_lead_has_nothing_to_answer(asked, client) -> None:
    response = client.get(consent(asked))
    assert response.url == reverse("portal:project", args=[asked.pk])


def test_after_the_decision_there_is_nothing_to_answer(cast, village, clerk, browse) -> None:
    project = make_project("approved", cast)
    project.partners.create(organization=village, consent="agreed")
    response = browse(clerk).post(consent(project), {"answer": "refused", "reason": "不了。"})
    assert response.url == reverse("portal:project", args=[project.pk])
    assert project.partners.get().consent == "agreed"
