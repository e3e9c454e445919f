"""The screen on which an application is begun from what there is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partybuilding.projects.models import Project
from partybuilding.projects.services import submit_application
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import open_cycle
from tests.factories.projects import fill
from tests.factories.screens import client_of
from tests.factories.spread import make_case, publish_case_page

pytestmark = pytest.mark.django_db
START = "/portal/start/from/"


@pytest.fixture
def past() -> Cast:
    return make_cast(open_cycle(year=2041))


@pytest.fixture
def page(past: Cast) -> Any:
    project = make_project("graded", past)
    return publish_case_page(make_case("selected", past, project).page, past)


@pytest.fixture
def other(page: Any) -> Cast:
    return make_cast(open_cycle(year=2042))


def adopt(client: Client, page: Any, cast: Cast) -> Any:
    sent = {"source": f"adopt:{page.slug}", "case": page.slug, "by": cast.organization.pk}
    return client.post(START, sent, follow=True)


def test_the_way_from_the_public_page_leads_through_the_sign_in(page: Any, other: Cast) -> None:
    asked = Client().get(f"{START}?case={page.slug}")
    assert asked["Location"].endswith(
        f"login/?next=%2Fportal%2Fstart%2Ffrom%2F%3Fcase%3D{page.slug}"
    )
    shown = client_of(other["applicant"]).get(f"{START}?case={page.slug}").text
    assert page.title in shown
    assert "学习借鉴这个案例" in shown


def test_a_case_is_adopted_with_one_click_and_only_once(page: Any, other: Cast) -> None:
    client = client_of(other["applicant"])
    first = adopt(client, page, other)
    draft = Project.objects.get(cycle=other.cycle)
    assert first.redirect_chain[-1][0] == reverse("portal:application", args=[draft.pk])
    assert "请逐项核对修改" in first.text
    assert page.url in first.text
    again = adopt(client, page, other)
    assert again.redirect_chain == first.redirect_chain
    assert "请在这里继续填写" in again.text
    assert Project.objects.filter(cycle=other.cycle).count() == 1


def test_an_own_project_is_continued_or_copied_and_then_led_to(past: Cast, page: Any) -> None:
    now = make_cast(open_cycle(year=2042), past.organization)
    client = client_of(now["applicant"])
    shown = client.get(START).text
    origin = page.case.project
    for kind in ("continue", "copy"):
        assert f'value="{kind}:{origin.pk}"' in shown
    answer = client.post(START, {"source": f"continue:{origin.pk}"}, follow=True)
    draft = Project.objects.get(cycle=now.cycle)
    assert answer.redirect_chain[-1][0] == reverse("portal:application", args=[draft.pk])
    assert origin.title in answer.text
    shown = client.get(START).text
    assert "已据此开始申报" in shown
    assert f'value="continue:{origin.pk}"' not in shown


@pytest.mark.parametrize("source", ["", "adopt:none", "copy:0", "copy:x", "steal:1", "copy:99²"])
def test_what_is_not_offered_is_not_found(other: Cast, source: str) -> None:
    client = client_of(other["applicant"])
    sent = {"source": source, "by": other.organization.pk}
    assert client.post(START, sent).status_code == 404


def test_nothing_of_others_is_begun_from_and_for_nobody_else(
    past: Cast, page: Any, other: Cast
) -> None:
    client = client_of(other["applicant"])
    assert client.post(START, {"source": f"copy:{page.case.project_id}"}).status_code == 404
    sent = {"source": f"adopt:{page.slug}", "by": past.organization.pk}
    assert client.post(START, sent).status_code == 404
    assert client_of(other["expert"]).get(START).status_code == 404


def test_the_own_case_is_refused_in_words(past: Cast, page: Any) -> None:
    now = make_cast(open_cycle(year=2042), past.organization)
    assert "请对该项目选择“持续迭代”" in adopt(client_of(now["applicant"]), page, now).text


def test_out_of_the_window_the_screen_says_so_and_offers_nothing(page: Any, other: Cast) -> None:
    after = other.cycle.applications_close + timedelta(days=1)
    with time_machine.travel(after, tick=False):
        client = client_of(other["applicant"])
        shown = client.get(f"{START}?case={page.slug}").text
        assert "截止" in shown
        assert 'name="source"' not in shown
        adopt(client, page, other)
    assert not Project.objects.filter(cycle=other.cycle).exists()


def test_it_says_what_is_taken_over_as_the_sheet_declares_it(other: Cast) -> None:
    shown = client_of(other["applicant"]).get(START).text
    assert "带入：项目名称、所属领域、选题、实施步骤。" in shown
    assert "重新填写：联合申报单位、联系人、联系电话、附件材料。" in shown


def test_an_empty_start_does_not_fall_into_a_draft_with_a_source(page: Any, other: Cast) -> None:
    client = client_of(other["applicant"])
    adopt(client, page, other)
    client.post(
        reverse("portal:start"),
        {"organization": other.organization.pk, "cycle": other.cycle.pk},
    )
    assert Project.objects.filter(cycle=other.cycle).count() == 2


def test_the_staff_file_says_what_it_was_begun_from_and_what_was_begun_from_it(
    past: Cast, page: Any, other: Cast
) -> None:
    adopt(client_of(other["applicant"]), page, other)
    draft = Project.objects.get(cycle=other.cycle)
    submit_application(fill(draft, other), by=other["applicant"])
    department = client_of(other["department"])
    file = reverse("partybuilding:case", args=[draft.pk])
    shown = department.get(file).text
    assert page.title in shown
    assert reverse("partybuilding:case", args=[page.case.project_id]) in shown
    origin = department.get(reverse("partybuilding:case", args=[page.case.project_id])).text
    assert file in origin
    assert (
        file
        not in client_of(past["unit"])
        .get(reverse("partybuilding:case", args=[page.case.project_id]))
        .text
    )


def test_many_earlier_projects_cost_as_many_queries_as_two(past: Cast) -> None:
    now = make_cast(open_cycle(year=2042), past.organization)
    client = client_of(now["applicant"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(START)
        return len(captured)

    for _ in range(2):
        make_project("submitted", past)
    queries()
    few = queries()
    for _ in range(6):
        make_project("submitted", past)
    assert queries() == few
