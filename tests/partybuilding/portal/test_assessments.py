"""An expert's work before the decision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Assessment, ExpertAssignment
from partybuilding.projects.services import assign_experts, record_assessment
from tests.factories import make_group, make_person, make_project
from tests.partybuilding.portal.test_home import queries

LIST = "/portal/assessments/"


@pytest.fixture
def client(cast, browse):
    return browse(cast["expert"])


@pytest.fixture
def assigned(cast):
    project = make_project("first_passed", cast, title="待评估的项目")
    assign_experts(project, cast["group"], by=cast["department"])
    return project


def place(project):
    return reverse("portal:assessment", args=[project.pk])


def said(**more):
    facts = {
        "method": "visit",
        "held_on": timezone.localdate().isoformat(),
        "participants": "评审组3人",
        "findings": "切口小，群众认可。",
    }
    return {**facts, **more}


def test_what_i_have_not_assessed_comes_first(cast, assigned, client) -> None:
    second = make_project("first_passed", cast, title="已经评过的项目")
    assign_experts(second, cast["group"], by=cast["department"])
    facts = {"participants": "评审组3人", "findings": "做法扎实。"}
    record_assessment(second, "visit", by=cast["expert"], **facts)
    page = client.get(LIST).content.decode()
    assert page.index("待评估的项目") < page.index("已经评过的项目")
    assert "还有1个项目未登记预评估" in page
    assert "我登记的预评估" in page


def test_an_assessment_of_a_colleague_does_not_count_as_mine(cast, assigned, client) -> None:
    record_assessment(
        assigned, "visit", by=cast["department"], participants="评审组2人", findings="做法扎实"
    )
    assert "还有1个项目未登记预评估" in client.get(LIST).content.decode()


def test_nothing_to_assess_is_told(client) -> None:
    assert "目前没有待评估项目" in client.get(LIST).content.decode()


def test_the_whole_application_stands_on_one_screen(assigned, client) -> None:
    page = client.get(place(assigned)).content.decode()
    for text in (assigned.problem, assigned.highlights, "建立议事厅", "登记预评估"):
        assert text in page


def test_a_pre_assessment_is_recorded_once_for_two_clicks(cast, assigned, client) -> None:
    assert client.post(place(assigned), said())["Location"] == LIST
    client.post(place(assigned), said())
    recorded = Assessment.objects.get()
    assert (recorded.recorded_by, recorded.method) == (cast["expert"], "visit")


@pytest.mark.parametrize(
    "wrong", [{"method": "guess"}, {"held_on": "2099-01-01"}, {"findings": ""}, {"findings": " "}]
)
def test_what_cannot_be_recorded_comes_back_with_its_text(wrong, assigned, client) -> None:
    page = client.post(place(assigned), said(participants="评审组甲乙丙", **wrong)).content.decode()
    assert "评审组甲乙丙" in page
    assert "error-summary" in page
    assert not Assessment.objects.exists()


def test_an_expert_sees_no_colleagues_findings(cast, assigned, client) -> None:
    facts = {"participants": "2人", "findings": "部里的看法"}
    record_assessment(assigned, "hearing", by=cast["department"], **facts)
    assert "部里的看法" not in client.get(place(assigned)).content.decode()


def test_after_the_decision_nothing_is_recorded(cast, assigned, client) -> None:
    move(assigned, "decline", by=cast["department"], data={"grounds": ["plan_incomplete"]})
    page = client.get(place(assigned)).content.decode()
    assert "不能再登记" in page
    client.post(place(assigned), said())
    assert not Assessment.objects.exists()


def test_other_groups_and_ended_assignments_see_nothing(cast, assigned, browse, client) -> None:
    stranger = make_person(Role.EXPERT)
    make_group(stranger)
    assert browse(stranger).get(place(assigned)).status_code == 404
    yesterday = timezone.localdate() - timedelta(days=1)
    ExpertAssignment.objects.update(until=yesterday)
    assert client.get(place(assigned)).status_code == 404


def test_experts_do_not_assess_their_own_organisation(cast, assigned, browse) -> None:
    appoint(cast["expert"], Role.APPLICANT, cast.organization, by=cast["department"])
    client = browse(cast["expert"])
    assert client.get(place(assigned)).status_code == 404
    assert "目前没有待评估项目" in client.get(LIST).content.decode()


def test_the_list_costs_the_same_for_many(cast, client) -> None:
    def some(number):
        for _number in range(number):
            project = make_project("first_passed", cast)
            assign_experts(project, cast["group"], by=cast["department"])

    some(1)
    few = queries(client, LIST)
    some(5)
    assert queries(client, LIST) == few
