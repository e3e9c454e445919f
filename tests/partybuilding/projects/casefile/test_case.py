"""The case file on one screen: who finds it, what each role reads in it, and what it costs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partybuilding.core.services import attach, move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Project
from partybuilding.projects.services import save_application, save_plan, submit_application
from tests.factories import (
    Cast,
    make_cast,
    make_organization,
    make_person,
    make_project,
    open_cycle,
)
from tests.factories.projects import assess
from tests.factories.rooms import beside
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
STAFF = ("unit", "department", "taskforce", "auditor")
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15"
    b"\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)


def address(project: Project, name: str = "case", *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[project.pk, *args])


def page(user: Any, project: Project) -> str:
    answer = client_of(user).get(address(project))
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("state", "role", "status"),
    [
        ("submitted", "unit", 200),
        ("submitted", "department", 200),
        ("submitted", "taskforce", 200),
        ("submitted", "auditor", 200),
        ("submitted", "editor", 404),
        ("submitted", "publisher", 404),
        ("submitted", "applicant", 302),
        ("submitted", "expert", 302),
        ("declined", "unit", 200),
        ("declined", "editor", 404),
        ("approved", "editor", 200),
        ("approved", "publisher", 200),
    ],
)
def test_each_role_opens_what_it_may_see(cast: Cast, state: str, role: str, status: int) -> None:
    project = make_project(state, cast)
    assert client_of(cast[role]).get(address(project)).status_code == status


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("case", ()),
        ("step", ("send_back",)),
        ("extend", ()),
        ("form", ("pdf",)),
        ("form", ("docx",)),
    ],
)
def test_a_case_of_another_unit_does_not_exist(
    cast: Cast, name: str, args: tuple[str, ...]
) -> None:
    project = make_project("returned" if name == "extend" else "submitted", cast)
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    missing = reverse(f"partybuilding:{name}", args=[999_999, *args])
    assert stranger.get(address(project, name, *args)).status_code == 404
    assert stranger.get(missing).status_code == 404
    if name in ("step", "extend"):
        assert stranger.post(address(project, name, *args), {}).status_code == 404


def test_the_head_says_what_where_who_and_until_when(cast: Cast) -> None:
    project = make_project("submitted", cast)
    found = page(cast["unit"], project)
    reviewer = cast["unit"].get_full_name()
    for words in (
        project.code,
        project.title,
        "待初审",
        cast.organization.unit.name,
        reviewer,
        "到期",
    ):
        assert words in found
    assert 'aria-current="step"' in found


def test_the_whole_application_can_be_read(cast: Cast) -> None:
    project = make_project("submitted", cast)
    found = page(cast["unit"], project)
    for words in (
        project.problem,
        project.distinctiveness,
        project.highlights,
        project.overview,
        "建立议事厅",
        "12个小区全覆盖",
        "周示例",
        "李示例",
    ):
        assert words in found


@pytest.mark.parametrize(
    ("state", "role", "steps"),
    [
        ("submitted", "unit", {"pass_first", "send_back", "not_recommend"}),
        ("submitted", "department", set()),
        ("submitted", "taskforce", set()),
        ("submitted", "auditor", set()),
        ("first_passed", "department", {"send_back", "decline"}),
        ("first_passed", "unit", {"take_back"}),
        ("not_recommended", "unit", {"take_back"}),
        ("not_recommended", "department", {"take_up", "decline"}),
        ("approved", "department", {"revoke_approval", "terminate"}),
        ("commitments_submitted", "editor", {"return_commitments"}),
        ("commitments_submitted", "publisher", set()),
        ("results_submitted", "department", {"return_results", "grade", "terminate"}),
        ("declined", "department", {"reopen"}),
        ("declined", "unit", set()),
    ],
)
def test_the_steps_offered_are_those_of_the_role(
    cast: Cast, state: str, role: str, steps: set[str]
) -> None:
    project = make_project(state, cast)
    found = page(cast[role], project)
    every = {"pass_first", "send_back", "decline", "approve", "return_commitments", "submit"}
    every |= {"not_recommend", "take_back", "take_up", "revoke_approval", "recall"}
    every |= {"publish_commitments", "return_results", "grade", "archive", "terminate", "reopen"}
    offered = {step for step in every if f'href="{address(project, "step", step)}' in found}
    assert offered == steps


def test_a_step_that_still_lacks_something_is_shown_with_the_reason(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    found = page(cast["department"], project)
    assert "请先登记预评估。" in found
    assert address(project, "step", "approve") not in found
    assess(project, cast)
    assert address(project, "step", "approve") in page(cast["department"], project)


def test_nobody_is_offered_a_step_with_their_own_organizations_project(cast: Cast) -> None:
    project = make_project("submitted", cast)
    appoint(cast["unit"], Role.APPLICANT, cast.organization, by=None)
    found = page(cast["unit"].__class__.objects.get(pk=cast["unit"].pk), project)
    assert address(project, "step", "pass_first") not in found


def test_opinions_and_names_stay_with_those_who_review(cast: Cast) -> None:
    project = make_project("approved", cast)
    for role in STAFF:
        found = page(cast[role], project)
        assert "同意推荐。" in found
        assert "基础扎实。" in found
    for role in ("editor", "publisher"):
        found = page(cast[role], project)
        assert "同意推荐。" not in found
        assert "基础扎实。" not in found
        assert cast["unit"].get_full_name() not in found
        assert "初审通过" in found


def test_who_belongs_to_the_applicants_reads_no_opinions(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    appoint(cast["taskforce"], Role.APPLICANT, cast.organization, by=None)
    person = type(cast["taskforce"]).objects.get(pk=cast["taskforce"].pk)
    assert "同意推荐。" not in page(person, project)


def test_pictures_stand_in_the_page_and_other_files_can_be_saved(cast: Cast) -> None:
    project = make_project("draft", cast)
    picture = SimpleUploadedFile("现场照片.png", PNG, "image/png")
    file = attach(project, picture, by=cast["applicant"])
    found = page(cast["unit"], project)
    address_of_file = reverse("portal:file", args=[file.pk])
    assert f'<img src="{address_of_file}?inline=1"' in found
    assert "现场照片.png" in found


def test_files_of_reviewers_are_listed_for_the_staff_side_alone(cast: Cast) -> None:
    project = make_project("approved", cast)
    note = SimpleUploadedFile("会议照片.png", PNG, "image/png")
    attach(project, note, by=cast["department"], purpose="review")
    assert "会议照片.png" in page(cast["unit"], project)
    assert "会议照片.png" not in page(cast["editor"], project)


def test_a_resubmitted_application_shows_what_changed_and_what_was_asked(cast: Cast) -> None:
    project = make_project("returned", cast)
    by = cast["applicant"]
    save_application(project, by=by, highlights="全年办结居民议题不少于90件，满意度达到95%。")
    row = {"task": "建立议事厅", "goal": "全覆盖", "deadline": project.due_on, "person": "李示例"}
    save_plan(project, [row], by=by)
    project = submit_application(Project.objects.get(pk=project.pk), by=by)
    found = page(cast["unit"], project)
    assert "退回后的修改" in found
    assert "<del>6</del" in found
    assert "<ins>9</ins" in found
    assert found.count("party-change__sides") == 2
    assert "请补充计划。" in found


def test_a_first_submission_has_nothing_to_compare(cast: Cast) -> None:
    assert "退回后的修改" not in page(cast["unit"], make_project("submitted", cast))


def test_remarks_stand_in_the_history_with_their_sections(cast: Cast) -> None:
    project = make_project("submitted", cast)
    move(
        project,
        "send_back",
        by=cast["unit"],
        reason="请完善。",
        data={"remarks": {"plan": "缺时限"}},
    )
    found = page(cast["unit"], project)
    assert "<strong>实施方案：</strong>缺时限" in found


def test_other_projects_of_the_organization_are_listed(cast: Cast) -> None:
    first = make_project("declined", cast, title="去年的做法")
    second = make_project("submitted", cast)
    found = page(cast["unit"], second)
    assert "去年的做法" in found
    assert address(first) in found


def test_the_way_back_is_carried_along_and_stays_on_this_site(cast: Cast) -> None:
    project = make_project("submitted", cast)
    client = client_of(cast["unit"])
    found = client.get(address(project), {"next": "/admin/party/projects/?state=submitted"}).text
    assert "?next=%2Fadmin%2Fparty%2Fprojects%2F%3Fstate%3Dsubmitted" in found
    found = client.get(address(project), {"next": "https://elsewhere.example/"}).text
    assert "elsewhere" not in found


def test_another_room_can_add_a_section(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project("submitted", cast)
    template = "partybuilding/projects/sections/plan.html"
    shown = CaseSection("more", "督导情况（另）", template, lambda project, user: {"steps": []})
    beside(monkeypatch, case_sections=(shown,))
    assert "督导情况（另）" in page(cast["unit"], project)
    silent = CaseSection("more", "督导情况（又）", template, lambda project, user: None)
    beside(monkeypatch, case_sections=(silent,))
    assert "督导情况（又）" not in page(cast["unit"], project)


def test_a_full_case_file_asks_as_often_as_a_lean_one(cast: Cast) -> None:
    project = make_project("submitted", cast)
    client = client_of(cast["unit"])

    def grow(number: int) -> None:
        attach(project, SimpleUploadedFile(f"{number}.png", PNG), by=cast["applicant"])
        project.plan_steps.create(order=number + 2, task="走访", goal="全覆盖", person="李示例")
        project.partners.create(organization=make_organization())
        make_project("declined", cast)

    grow(0)
    client.get(address(project))
    lean = queries_of(client, address(project))
    for number in range(1, 6):
        grow(number)
    assert queries_of(client, address(project)) == lean
    assert lean <= 40


def test_every_state_has_its_case_file(cast: Cast) -> None:
    for state in ("draft", "returned", "implementing", "graded", "withdrawn", "terminated"):
        assert page(cast["department"], make_project(state, cast))


def test_an_archived_case_is_in_nobodys_hands(cast: Cast) -> None:
    assert "当前办理：" not in page(cast["department"], make_project("archived", cast))


def opened(project: Project) -> bool:
    return Project.objects.get(pk=project.pk).review_opened_at is not None


@pytest.mark.parametrize(
    ("name", "rest"), [("case", ()), ("step", ("pass_first",)), ("form", ("docx",))]
)
def test_whatever_the_unit_reads_it_on_begins_the_review(
    cast: Cast, name: str, rest: tuple[str, ...]
) -> None:
    project = make_project("submitted", cast)
    for role in ("department", "auditor"):
        client_of(cast[role]).get(address(project))
    assert not opened(project)
    assert client_of(cast["unit"]).get(address(project, name, *rest)).status_code == 200
    assert opened(project)


def test_the_partners_answers_stand_in_the_case_file(cast: Cast) -> None:
    project = make_project("submitted", cast)
    village = make_organization(name="官庄村党支部")
    project.partners.create(organization=village, consent="refused", answer_reason="班子调整。")
    found = page(cast["unit"], project)
    assert "官庄村党支部（不参加联合实施：班子调整。）" in found


@pytest.mark.parametrize(
    ("name", "rest"),
    [("case", ()), ("step", ("send_back",)), ("assess", ()), ("rate", ()), ("form", ("docx",))],
)
def test_without_a_first_review_the_department_begins_it_where_it_works(
    name: str, rest: tuple[str, ...]
) -> None:
    cast = make_cast(open_cycle(first_review=False))
    project = make_project("submitted", cast)
    for role in ("unit", "auditor", "taskforce"):
        client_of(cast[role]).get(address(project))
    assert not opened(project)
    page = client_of(cast["department"]).get(address(project, name, *rest))
    assert page.status_code == 200
    assert opened(project)
