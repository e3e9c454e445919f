"""The first screen: what waits, what there is, whether one can apply."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Project
from partybuilding.projects.services import save_partners
from tests.factories import make_organization, make_person, make_project

HOME = "/portal/"


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


def text(client, address=HOME):
    return client.get(address).content.decode()


def many(cast, number):
    Project.objects.bulk_create(
        Project(
            cycle=cast.cycle,
            organization=cast.organization,
            title=f"项目{place}",
            state="draft" if place % 2 else "submitted",
            code=f"T-{place}",
            due_on=timezone.localdate() + timedelta(days=place),
        )
        for place in range(number)
    )


def queries(client, address=HOME):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_costs_as_much_for_200_projects_as_for_10(cast, client) -> None:
    many(cast, 10)
    few = queries(client)
    Project.objects.all().delete()
    many(cast, 200)
    assert queries(client) == few
    assert (
        few <= 23
    )  # two of them of the frame, whose ways are remembered otherwise, one of the words


def test_what_waits_comes_first_and_the_most_urgent_of_it(cast, client) -> None:
    many(cast, 4)
    page = text(client)
    assert page.index("待我办理") < page.index("项目1") < page.index("项目3") < page.index("项目2")


def test_what_others_have_does_not_wait_for_me(cast, client) -> None:
    make_project("submitted", cast)
    page = text(client)
    assert "目前没有待办事项" in page
    assert cast.organization.unit.name in page


def test_a_partner_that_has_agreed_sees_it_as_taking_part_and_has_nothing_to_do(
    cast, browse
) -> None:
    beside = make_organization()
    project = make_project("draft", cast)
    save_partners(project, [beside], by=cast["applicant"])
    project.partners.update(consent="agreed")
    page = text(browse(make_person(Role.APPLICANT, beside)))
    assert "联合参与" in page
    assert "目前没有待办事项" in page


def test_projects_of_others_are_not_there(cast, browse) -> None:
    make_project("draft", cast, title="别人的项目")
    assert "别人的项目" not in text(browse(make_person(Role.APPLICANT)))


def test_an_open_window_says_until_when(cast, client) -> None:
    day = timezone.localdate() + timedelta(days=8)
    Cycle.objects.update(applications_close=day)
    page = text(client)
    assert "还剩8天" in page
    assert reverse("portal:start") in page


@pytest.mark.parametrize(
    ("opens", "closes", "words"), [(-30, -2, "已于"), (3, 20, "将于"), (None, None, "目前没有开放")]
)
def test_a_closed_window_says_when_again(opens, closes, words, cast, client) -> None:
    today = timezone.localdate()
    if opens is None:
        Cycle.objects.update(state="preparing")
    else:
        days = {"applications_open": opens, "applications_close": closes}
        Cycle.objects.update(**{name: today + timedelta(days=n) for name, n in days.items()})
    for address in (HOME, reverse("portal:start")):
        page = text(client, address)
        assert words in page
    assert "开始填写" not in page


def test_unread_messages_are_counted(cast, client) -> None:
    make_project("submitted", cast)
    assert "您有1条未读消息" in text(client)


def start(client, cast, **more):
    data = {"organization": cast.organization.pk, "cycle": cast.cycle.pk, **more}
    return client.post(reverse("portal:start"), data)


def test_an_application_is_started(cast, client) -> None:
    answer = start(client, cast)
    project = Project.objects.get()
    assert project.organization == cast.organization
    assert answer["Location"] == reverse("portal:application", args=[project.pk])


def test_a_second_click_starts_no_second_one(cast, client) -> None:
    start(client, cast)
    start(client, cast)
    assert Project.objects.count() == 1


def test_a_further_one_can_be_started_once_the_first_says_something(cast, client) -> None:
    start(client, cast)
    Project.objects.update(title="第一个")
    start(client, cast)
    assert Project.objects.count() == 2


def test_nobody_starts_one_for_another_organisation(cast, client) -> None:
    answer = start(client, cast, organization=make_organization().pk)
    assert answer.status_code == 200
    assert not Project.objects.exists()


def test_whoever_applies_for_several_organisations_chooses(cast, browse) -> None:
    second = make_organization(name="第二个党支部")
    appoint(cast["applicant"], Role.APPLICANT, second, by=cast["department"])
    client = browse(cast["applicant"])
    page = text(client, reverse("portal:start"))
    assert "第二个党支部" in page
    assert 'type="radio"' in page
    assert "请选择申报单位" in start(client, cast, organization="").content.decode()
    start(client, cast, organization=second.pk)
    assert Project.objects.get().organization == second


def test_the_list_has_pages(cast, client) -> None:
    many(cast, 45)
    assert client.get(HOME, {"page": 3}).context["page"].number == 3
    assert client.get(HOME, {"page": "x"}).context["page"].number == 1
