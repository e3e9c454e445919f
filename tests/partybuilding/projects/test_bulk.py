"""Bulk decisions: chosen, confirmed, answered item by item, and safe to send again."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.projects import assess
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db


def bulk() -> str:
    return reverse("partybuilding:bulk")


def choose(user: Any, step: str, *projects: Project) -> Any:
    return client_of(user).get(bulk(), {"step": step, "id": [project.pk for project in projects]})


def confirm(user: Any, step: str, *projects: Project, **given: Any) -> Any:
    """Send the form as it was shown for these projects."""
    seen = {f"seen-{project.pk}": project.version for project in projects}
    ids = {"id": [project.pk for project in projects]}
    return client_of(user).post(bulk(), {"step": step, **ids, **seen, **given})


def states(*projects: Project) -> list[str]:
    return [Project.objects.get(pk=project.pk).state for project in projects]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def waiting(cast: Cast) -> list[Project]:
    return [make_project("submitted", cast, title=title) for title in ("甲", "乙", "丙")]


def test_the_confirmation_lists_what_was_ticked_and_what_is_left_out(
    cast: Cast, waiting: list[Project]
) -> None:
    passed = make_project("first_passed", cast, title="已过")
    found = choose(cast["unit"], "pass_first", *waiting, passed)
    assert found.context["fit"] == waiting
    assert "不纳入本次办理：" in found.text
    assert f'name="id" value="{passed.pk}"' not in found.text
    assert "确认对3件项目办理“初审通过”" in found.text


def test_each_item_gets_its_result_and_one_batch_joins_them(
    cast: Cast, waiting: list[Project]
) -> None:
    move(waiting[1], "send_back", by=cast["unit"], reason="请完善。")
    found = confirm(cast["unit"], "pass_first", *waiting, reason="同意推荐。")
    assert states(*waiting) == ["first_passed", "returned", "first_passed"]
    assert [outcome.ok for outcome in found.context["outcomes"]] == [True, False, True]
    assert "成功2件，未成功1件" in found.text
    assert "退回修改" in found.context["outcomes"][1].refusal
    batches = TransitionRecord.objects.filter(step="pass_first").values_list("batch", flat=True)
    assert len(set(batches)) == 1
    assert None not in batches


def test_sending_again_takes_nothing_twice(cast: Cast, waiting: list[Project]) -> None:
    for _turn in range(2):
        found = confirm(cast["unit"], "pass_first", *waiting, reason="同意推荐。")
    assert "成功0件，未成功3件" in found.text
    assert TransitionRecord.objects.filter(step="pass_first").count() == 3


def test_not_recommending_in_bulk_asks_for_grounds_and_the_department_confirms(
    cast: Cast, waiting: list[Project]
) -> None:
    found = confirm(cast["unit"], "not_recommend", *waiting, reason="不够具体。")
    assert "grounds" in found.context["form"].errors
    assert "不够具体。" in found.text
    assert states(*waiting) == ["submitted"] * 3
    confirm(cast["unit"], "not_recommend", *waiting, grounds=["no_highlight", "plan_incomplete"])
    assert states(*waiting) == ["not_recommended"] * 3
    told = last_entry(waiting[0], "not_recommend").data["grounds"]
    assert told == ["no_highlight", "plan_incomplete"]
    passed_on = [Project.objects.get(pk=project.pk) for project in waiting]
    confirm(cast["department"], "decline", *passed_on, grounds=["no_highlight"])
    assert states(*waiting) == ["declined"] * 3


def test_projects_of_another_unit_are_not_even_named(cast: Cast, waiting: list[Project]) -> None:
    hidden = make_project("submitted", make_cast(cast.cycle), title="别家的工作法")
    found = choose(cast["unit"], "pass_first", hidden, waiting[0])
    assert "别家的工作法" not in found.text
    confirm(cast["unit"], "pass_first", hidden, reason="同意推荐。")
    assert states(hidden) == ["submitted"]


@pytest.mark.parametrize(
    ("role", "step", "status"),
    [
        ("unit", "pass_first", 200),
        ("unit", "approve", 404),
        ("unit", "not_recommend", 200),
        ("unit", "decline", 404),
        ("unit", "grade", 404),
        ("unit", "", 404),
        ("department", "approve", 200),
        ("department", "pass_first", 404),
        ("department", "terminate", 404),
        ("taskforce", "decline", 404),
        ("auditor", "decline", 404),
        ("editor", "decline", 404),
    ],
)
def test_only_bulk_steps_of_ones_own_role_have_a_form(
    cast: Cast, role: str, step: str, status: int
) -> None:
    assert choose(cast[role], step, make_project("submitted", cast)).status_code == status


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["999999"]])
def test_without_a_choice_the_page_says_so(cast: Cast, ids: list[str]) -> None:
    client = client_of(cast["unit"])
    asked = {"step": "pass_first", "id": ids}
    for found in (client.get(bulk(), asked), client.post(bulk(), asked)):
        assert found.status_code == 200
        assert "没有勾选项目。" in found.text


def test_without_a_question_the_address_leads_to_the_register(cast: Cast) -> None:
    answer = client_of(cast["unit"]).get(bulk())
    assert answer["Location"] == "/admin/party/projects/?desk=mine"


def test_own_projects_are_left_out_of_a_bulk_decision(cast: Cast, waiting: list[Project]) -> None:
    reviewer = make_person(Role.UNIT, cast.organization.unit)
    waiting[0].partners.create(organization=cast.organization.unit)
    found = choose(reviewer, "pass_first", *waiting)
    assert found.context["fit"] == waiting[1:]


def test_approving_more_than_the_quota_asks_for_a_reason(cast: Cast) -> None:
    projects = [make_project("first_passed", cast) for _number in range(2)]
    for project in projects:
        assess(project, cast)
    type(cast.cycle).objects.filter(pk=cast.cycle.pk).update(approval_quota=1)
    found = confirm(cast["department"], "approve", *projects, reason="同意立项。")
    assert "quota_reason" in found.context["form"].errors
    found = confirm(cast["department"], "approve", *projects, quota_reason="重点培育。")
    assert states(*projects) == ["approved", "approved"]


def test_what_is_not_prepared_is_left_out_with_the_reason(cast: Cast) -> None:
    ready, bare = make_project("first_passed", cast), make_project("first_passed", cast)
    assess(ready, cast)
    found = choose(cast["department"], "approve", ready, bare)
    assert found.context["fit"] == [ready]
    assert "请先登记预评估。" in found.text


def test_the_results_lead_back_to_the_list(cast: Cast, waiting: list[Project]) -> None:
    back = "/admin/party/projects/?state=submitted"
    found = confirm(cast["unit"], "pass_first", *waiting, reason="同意。", next=back)
    assert f'href="{back}"' in found.text


def test_the_confirmation_asks_as_often_for_ten_as_for_three(
    cast: Cast, waiting: list[Project]
) -> None:
    client = client_of(cast["unit"])
    more = [make_project("submitted", cast) for _number in range(7)]

    def screen(projects: list[Project]) -> str:
        return f"{bulk()}?step=pass_first" + "".join(f"&id={project.pk}" for project in projects)

    client.get(screen(waiting))
    assert queries_of(client, screen(waiting)) == queries_of(client, screen([*waiting, *more]))


def test_a_stranger_cannot_decide_in_bulk(cast: Cast, waiting: list[Project]) -> None:
    stranger = make_person(Role.UNIT, make_organization().unit)
    confirm(stranger, "not_recommend", *waiting, grounds=["no_highlight"])
    assert states(*waiting) == ["submitted"] * 3
