"""The form of a step: what it asks for, what it refuses in words, and that nobody is overtaken unseen."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.models import Attachment, Notice, TransitionRecord
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.services import move, take_step
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.services import submit_application
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.projects import assess
from tests.factories.screens import client_of
from tests.partybuilding.core.test_attachments import stored
from tests.partybuilding.projects.casefile.test_case import PNG

pytestmark = pytest.mark.django_db
DESK = "/admin/party/projects/?desk=mine"


def address(project: Project, step: str) -> str:
    return reverse("partybuilding:step", args=[project.pk, step])


def form_of(user: Any, project: Project, step: str) -> dict[str, Any]:
    """Open the form and return what it would send back untouched."""
    answer = client_of(user).get(address(project, step))
    assert answer.status_code == 200
    return dict(answer.context["form"].initial)


def send(user: Any, project: Project, step: str, **given: Any) -> Any:
    seen = {"seen": Project.objects.get(pk=project.pk).version}
    return client_of(user).post(address(project, step), {**seen, **given})


def now(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def submitted(cast: Cast) -> Project:
    return make_project("submitted", cast)


@pytest.mark.parametrize(
    ("state", "step", "role", "given", "target"),
    [
        ("submitted", "pass_first", "unit", {"reason": "同意推荐。"}, "first_passed"),
        ("submitted", "send_back", "unit", {"reason": "请完善。"}, "returned"),
        ("submitted", "not_recommend", "unit", {"grounds": ["no_highlight"]}, "not_recommended"),
        ("not_recommended", "decline", "department", {"grounds": ["no_highlight"]}, "declined"),
        ("not_recommended", "take_up", "department", {}, "first_passed"),
        ("not_recommended", "take_back", "unit", {"reason": "填写有误。"}, "submitted"),
        ("first_passed", "take_back", "unit", {"reason": "填写有误。"}, "submitted"),
        ("approved", "revoke_approval", "department", {"reason": "核对有误。"}, "first_passed"),
        ("first_passed", "send_back", "department", {"reason": "请完善。"}, "returned"),
        ("first_passed", "decline", "department", {"grounds": ["no_highlight"]}, "declined"),
        (
            "commitments_submitted",
            "return_commitments",
            "editor",
            {"reason": "请量化。"},
            "approved",
        ),
        (
            "results_submitted",
            "return_results",
            "department",
            {"reason": "缺佐证。"},
            "implementing",
        ),
        ("results_submitted", "grade", "department", {"grade": "first"}, "graded"),
        ("implementing", "terminate", "department", {"reason": "场地被征用。"}, "terminated"),
        ("declined", "reopen", "department", {"reason": "复核。"}, "not_recommended"),
    ],
)
def test_each_step_is_taken_by_its_form(
    cast: Cast, state: str, step: str, role: str, given: dict[str, Any], target: str
) -> None:
    project = make_project(state, cast)
    answer = send(cast[role], project, step, **given)
    assert answer["Location"] == DESK
    assert now(project).state == target
    assert last_entry(project, step).by == cast[role]


def test_approving_needs_the_preparation_and_then_only_a_click(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    answer = client_of(cast["department"]).get(address(project, "approve"))
    assert answer.status_code == 409
    assert "请先登记预评估。" in answer.text
    assess(project, cast)
    send(cast["department"], project, "approve")
    assert now(project).state == "approved"


def test_a_used_up_quota_asks_for_a_reason_of_its_own(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    assess(project, cast)
    type(cast.cycle).objects.filter(pk=cast.cycle.pk).update(approval_quota=0)
    answer = send(cast["department"], project, "approve", reason="同意立项。")
    assert "quota_reason" in answer.context["form"].errors
    assert now(project).state == "first_passed"
    send(cast["department"], project, "approve", quota_reason="重点培育。")
    assert last_entry(project, "approve").data["quota_reason"] == "重点培育。"


@pytest.mark.parametrize(
    ("step", "given", "field"),
    [
        ("pass_first", {}, "reason"),
        ("pass_first", {"reason": "   "}, "reason"),
        ("send_back", {"remark_plan": "缺时限"}, "reason"),
        ("not_recommend", {"reason": "不够具体。"}, "grounds"),
        ("not_recommend", {"grounds": ["other"]}, "reason"),
        ("not_recommend", {"grounds": ["invented"]}, "grounds"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, submitted: Project, step: str, given: dict[str, Any], field: str
) -> None:
    answer = send(cast["unit"], submitted, step, **given)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    for text in ("缺时限", "不够具体。"):
        assert (text in answer.text) == (text in given.values())
    assert now(submitted).state == "submitted"
    assert trail_of(submitted).filter(step=step).count() == 0


def test_remarks_go_into_the_trail_by_section(cast: Cast, submitted: Project) -> None:
    send(
        cast["unit"],
        submitted,
        "send_back",
        reason="请完善。",
        remark_plan="缺时限",
        remark_basics="",
    )
    assert last_entry(submitted, "send_back").data == {"remarks": {"plan": "缺时限"}}


@pytest.mark.parametrize(
    ("role", "step", "status"),
    [
        ("department", "pass_first", 403),
        ("taskforce", "pass_first", 403),
        ("auditor", "not_recommend", 403),
        ("unit", "approve", 409),
        ("unit", "submit", 404),
        ("department", "publish_commitments", 404),
        ("unit", "withdraw", 404),
        ("unit", "nonsense", 404),
        ("editor", "pass_first", 404),
        ("applicant", "pass_first", 302),
    ],
)
def test_a_step_that_is_not_yours_has_no_form(
    cast: Cast, submitted: Project, role: str, step: str, status: int
) -> None:
    answer = client_of(cast[role]).get(address(submitted, step))
    assert answer.status_code == status
    assert "<textarea" not in answer.text


@pytest.mark.parametrize("role", ["department", "taskforce", "auditor"])
def test_sending_a_step_that_is_not_yours_changes_nothing(
    cast: Cast, submitted: Project, role: str
) -> None:
    answer = send(cast[role], submitted, "pass_first", reason="同意推荐。")
    assert "须由初审员办理" in answer.text
    assert now(submitted).state == "submitted"


def test_who_was_overtaken_reads_who_was_faster_and_keeps_the_text(
    cast: Cast, submitted: Project
) -> None:
    colleague = make_person(Role.UNIT, cast.organization.unit, last_name="钱", first_name="")
    form = form_of(cast["unit"], submitted, "pass_first")
    move(submitted, "send_back", by=colleague, reason="请完善。")
    answer = client_of(cast["unit"]).post(
        address(submitted, "pass_first"), {**form, "reason": "我写了很久的意见。"}
    )
    assert "钱已于" in answer.text
    assert "退回修改" in answer.text
    assert "我写了很久的意见。" in answer.text
    assert "查看最新情况" in answer.text
    assert 'name="and_back"' not in answer.text
    assert now(submitted).state == "returned"


def test_an_application_that_was_changed_meanwhile_is_not_passed_unread(
    cast: Cast, submitted: Project
) -> None:
    form = form_of(cast["unit"], submitted, "pass_first")
    colleague = make_person(Role.UNIT, cast.organization.unit)
    returned = move(submitted, "send_back", by=colleague, reason="请完善。")
    submit_application(returned, by=cast["applicant"])
    answer = client_of(cast["unit"]).post(
        address(submitted, "pass_first"), {**form, "reason": "同意推荐。"}
    )
    assert "提交申报" in answer.context["form"].non_field_errors()[0]
    assert now(submitted).state == "submitted"


def test_a_second_click_takes_no_second_step(cast: Cast, submitted: Project) -> None:
    form = {**form_of(cast["unit"], submitted, "pass_first"), "reason": "同意推荐。"}
    client = client_of(cast["unit"])
    first, second = (client.post(address(submitted, "pass_first"), form) for _turn in range(2))
    assert (first.status_code, second.status_code) == (302, 200)
    assert trail_of(submitted).filter(step="pass_first").count() == 1
    assert Notice.objects.filter(recipient=cast["department"]).count() == 1


def test_files_are_kept_for_the_staff_side_and_named_in_the_trail(
    cast: Cast, submitted: Project
) -> None:
    files = [SimpleUploadedFile(name, PNG, "image/png") for name in ("一.png", "二.png")]
    send(cast["unit"], submitted, "pass_first", reason="同意推荐。", files=files)
    kept = Attachment.objects.all()
    assert {(file.name, file.purpose) for file in kept} == {
        ("一.png", "review"),
        ("二.png", "review"),
    }
    assert [file["name"] for file in last_entry(submitted, "pass_first").files] == [
        "一.png",
        "二.png",
    ]


def test_a_bad_file_is_refused_beside_its_field_and_nothing_is_kept(
    cast: Cast, submitted: Project
) -> None:
    files = [SimpleUploadedFile("一.png", PNG), SimpleUploadedFile("坏.pdf", b"MZ program")]
    answer = send(cast["unit"], submitted, "pass_first", reason="同意推荐。", files=files)
    assert "files" in answer.context["form"].errors
    assert "同意推荐。" in answer.text
    assert not Attachment.objects.exists()
    assert now(submitted).state == "submitted"


def test_a_refused_step_leaves_no_file_behind(cast: Cast, submitted: Project) -> None:
    before = stored()
    files = [SimpleUploadedFile("一.png", PNG), SimpleUploadedFile("坏.pdf", b"MZ program")]
    with pytest.raises(UploadRefused):
        take_step(submitted, "pass_first", by=cast["unit"], reason="同意。", uploads=files)
    assert stored() == before
    assert not TransitionRecord.objects.filter(step="attach").exists()


def test_too_many_files_are_refused(cast: Cast, submitted: Project) -> None:
    files = [SimpleUploadedFile(f"{number}.png", PNG) for number in range(11)]
    answer = send(cast["unit"], submitted, "pass_first", reason="同意。", files=files)
    assert "files" in answer.context["form"].errors


def test_the_form_says_what_will_happen_and_who_is_told(cast: Cast, submitted: Project) -> None:
    found = client_of(cast["unit"]).get(address(submitted, "pass_first"))
    forecast = found.context["forecast"]
    assert str(forecast.state.label) == "待立项评审"
    assert forecast.holder == "组织部"
    assert forecast.due_on > timezone.localdate()
    names = "".join(names for _subject, names in forecast.told)
    assert cast["department"].get_full_name() in names
    assert cast["applicant"].get_full_name() in names
    assert Notice.objects.filter(recipient=cast["department"]).count() == 0


def test_a_reopened_project_is_forecast_to_where_it_came_from(cast: Cast) -> None:
    project = make_project("declined", cast)
    found = client_of(cast["department"]).get(address(project, "reopen"))
    assert found.context["forecast"].state.code == "not_recommended"


def test_standard_phrases_are_offered_for_the_step(cast: Cast, submitted: Project) -> None:
    found = client_of(cast["unit"]).get(address(submitted, "pass_first")).text
    assert 'data-phrase="切口小、易操作、能推广，同意推荐。"' in found
    assert 'data-phrases-for="id_reason"' in found


def test_done_leads_back_to_the_list_one_came_from(cast: Cast, submitted: Project) -> None:
    back = "/admin/party/projects/?state=submitted&p=2"
    answer = send(cast["unit"], submitted, "pass_first", reason="同意。", next=back)
    assert answer["Location"] == back
    other = make_project("submitted", cast)
    answer = send(cast["unit"], other, "pass_first", reason="同意。", next="//elsewhere.example/")
    assert answer["Location"] == DESK


def test_done_leads_on_to_the_most_urgent_one_that_waits(cast: Cast, submitted: Project) -> None:
    later, urgent = make_project("submitted", cast), make_project("submitted", cast)
    Project.objects.filter(pk=urgent.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    answer = send(cast["unit"], submitted, "pass_first", reason="同意。", and_next="1")
    assert answer["Location"] == reverse("partybuilding:case", args=[urgent.pk])
    for project in (later, urgent):
        answer = send(cast["unit"], project, "pass_first", reason="同意。", and_next="1")
    assert answer["Location"] == DESK


def test_a_returned_application_gets_more_time(cast: Cast) -> None:
    project = make_project("returned", cast)
    until = timezone.localdate() + timedelta(days=20)
    form = {"until": until.isoformat(), "reason": "防汛抢险。"}
    address_of = reverse("partybuilding:extend", args=[project.pk])
    answer = client_of(cast["unit"]).post(address_of, form)
    assert answer["Location"] == reverse("partybuilding:case", args=[project.pk])
    assert now(project).due_on == until
    assert last_entry(project, "extend").reason == "防汛抢险。"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"until": "2020-01-01", "reason": "防汛。"}, "until"),
        ({"until": "明天", "reason": "防汛。"}, "until"),
        ({"until": "2099-01-01", "reason": ""}, "reason"),
    ],
)
def test_a_bad_deadline_is_refused_in_words(cast: Cast, form: dict[str, str], field: str) -> None:
    project = make_project("returned", cast)
    before = project.due_on
    address_of = reverse("partybuilding:extend", args=[project.pk])
    answer = client_of(cast["unit"]).post(address_of, form)
    assert field in answer.context["form"].errors
    assert now(project).due_on == before


@pytest.mark.parametrize(
    ("state", "role", "status"),
    [
        ("returned", "unit", 200),
        ("returned", "department", 200),
        ("returned", "taskforce", 404),
        ("returned", "auditor", 404),
        ("submitted", "unit", 404),
    ],
)
def test_more_time_is_given_by_reviewers_to_returned_applications(
    cast: Cast, state: str, role: str, status: int
) -> None:
    project = make_project(state, cast)
    found = client_of(cast[role]).get(reverse("partybuilding:extend", args=[project.pk]))
    assert found.status_code == status
