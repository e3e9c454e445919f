"""The staff screens of case studies: who opens them, what each role is offered, how one begins."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseIndexPage, CaseStudyPage
from partybuilding.cases.services import begin_page, save_case, start_case
from partybuilding.core.desk.lines import desk_of
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from tests.factories import Cast, make_cast, make_project
from tests.factories.projects import announce
from tests.factories.screens import client_of, queries_of
from tests.factories.spread import forge_state, make_case, take_case, write_case

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/cases/"
STEPS = {"submit", "select", "send_back", "decline", "publish", "retract"}


def address(case: CaseStudy, name: str = "case_study", *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[case.pk, *args])


def offered(user: Any, case: CaseStudy) -> set[str]:
    """Return the steps that the file of a case leads to."""
    found = client_of(user).get(address(case)).text
    return {step for step in STEPS if f'href="{address(case, "case_study_step", step)}' in found}


def now(case: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.get(pk=case.pk)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_each_role_opens_register_and_file_as_it_may(cast: Cast) -> None:
    project = make_project("graded", cast)
    hidden = make_case("submitted", cast, project)
    public = make_case("published", cast, project)
    may = {"department": 200, "taskforce": 200, "auditor": 200, "editor": 200, "publisher": 200}
    for role, status in {**may, "unit": 404, "applicant": 302, "expert": 302}.items():
        client = client_of(cast[role])
        assert client.get(address(hidden)).status_code == status, role
        listed = client.get(REGISTER)
        assert listed.status_code == (302 if status == 302 else 200)
    assert client_of(cast["unit"]).get(address(public)).status_code == 200
    assert hidden.title not in client_of(make_cast()["unit"]).get(REGISTER).text


@pytest.mark.parametrize(
    ("state", "role", "steps"),
    [
        ("draft", "editor", {"submit"}),
        ("draft", "department", set()),
        ("submitted", "department", {"select", "send_back", "decline"}),
        ("submitted", "editor", set()),
        ("selected", "publisher", set()),
        ("published", "department", {"retract"}),
        ("published", "publisher", {"retract"}),
        ("published", "editor", set()),
        ("not_selected", "department", set()),
        ("retracted", "department", set()),
    ],
)
def test_the_steps_offered_are_those_of_the_role(
    cast: Cast, state: str, role: str, steps: set[str]
) -> None:
    assert offered(cast[role], make_case(state, cast)) == steps


@pytest.mark.parametrize(
    ("state", "step", "role", "given", "target"),
    [
        ("draft", "submit", "editor", {}, "submitted"),
        ("submitted", "select", "department", {"reason": "入选。"}, "selected"),
        ("submitted", "send_back", "department", {"reason": "请补数据。"}, "draft"),
        ("submitted", "decline", "department", {"reason": "重复。"}, "not_selected"),
        ("published", "retract", "publisher", {"reason": "与事实不符。"}, "retracted"),
    ],
)
def test_each_step_is_taken_by_its_form(
    cast: Cast, state: str, step: str, role: str, given: dict[str, str], target: str
) -> None:
    case = make_case(state, cast)
    client, url = client_of(cast[role]), address(case, "case_study_step", step)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"seen": now(case).version, **given})
    assert answer["Location"] == address(case)
    assert now(case).state == target


def test_publishing_is_no_step_of_the_staff_screens(cast: Cast) -> None:
    case = make_case("selected", cast)
    url = address(case, "case_study_step", "publish")
    assert client_of(cast["publisher"]).get(url).status_code == 404


def test_a_decision_leads_on_to_the_next_case_that_waits(cast: Cast) -> None:
    project = make_project("graded", cast)
    first, second = make_case("submitted", cast, project), make_case("submitted", cast, project)
    sent = {"seen": first.version, "reason": "入选。", "and_next": "1"}
    officer = client_of(cast["department"])
    answer = officer.post(address(first, "case_study_step", "select"), sent)
    assert answer["Location"] == address(second)


def test_the_file_shows_the_text_as_it_was_last_saved(cast: Cast) -> None:
    case = make_case("submitted", cast)
    found = client_of(cast["department"]).get(address(case)).text
    assert "三方共建一站，全年开放360天。" in found
    assert case.project.code in found


def test_a_graded_project_offers_to_start_a_case_filled_from_its_file(cast: Cast) -> None:
    project = make_project("graded", cast)
    editor = client_of(cast["editor"])
    file = reverse("partybuilding:case", args=[project.pk])
    start = reverse("partybuilding:case_study_start", args=[project.pk])
    assert start in editor.get(file).text
    assert start not in client_of(cast["department"]).get(file).text
    assert editor.get(start).context["form"].initial == {"title": project.title}
    answer = editor.post(start, {"title": "三方共建一个站"})
    page = CaseStudyPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.case.project) == ("三方共建一个站", False, project)
    parts = {str(label): text for label, text in page.parts().items()}
    assert project.problem in parts["背景与问题"]
    assert project.distinctiveness in parts["主要做法"]
    assert "办结议题66件" in parts["工作成效"]
    assert "办结议题60件" in parts["工作成效"]
    assert parts["可复制的经验"] == ""
    assert address(page.case) in editor.get(file).text
    assert [row.step for row in trail_of(page.case)] == ["create"]


def test_a_project_that_is_not_judged_offers_no_case(cast: Cast) -> None:
    project = make_project("implementing", cast)
    editor = client_of(cast["editor"])
    start = reverse("partybuilding:case_study_start", args=[project.pk])
    file = reverse("partybuilding:case", args=[project.pk])
    assert start not in editor.get(file).text
    assert "已评定等次" in editor.post(start, {"title": "抢先"}).text
    with pytest.raises(NotYours):
        start_case(make_project("graded", cast), by=cast["department"])
    assert not CaseStudy.objects.exists()


def test_without_an_index_nothing_is_left_half_made(cast: Cast) -> None:
    project = make_project("graded", cast)
    CaseIndexPage.objects.get().delete()
    with pytest.raises(ConditionUnmet):
        start_case(project, by=cast["editor"])
    assert not CaseStudy.objects.exists()


def test_what_is_not_written_cannot_be_submitted_and_is_named(cast: Cast) -> None:
    page = start_case(make_project("graded", cast), by=cast["editor"])
    page.practice, page.summary = [], ""
    page.results = [{"type": "text", "value": "<p>成效明显。</p>"}]
    page.save(clean=False)
    found = client_of(cast["editor"]).get(address(page.case)).text
    assert "尚未填写：摘要、主要做法、可复制的经验。" in found
    assert "请在工作成效中写明数据。" in found
    page.delete()
    assert "请先编写案例页面。" in client_of(cast["editor"]).get(address(page.case)).text


def test_a_case_of_a_project_that_was_reopened_waits_for_its_grade(cast: Cast) -> None:
    case = make_case("draft", cast)
    forge_state(case.project, "implementing")
    with pytest.raises(ConditionUnmet, match="已评定等次"):
        move(now(case), "submit", by=cast["editor"])


def test_the_page_is_begun_again_after_it_was_deleted(cast: Cast) -> None:
    case = make_case("draft", cast)
    case.page.delete()
    editor, url = client_of(cast["editor"]), address(case, "case_study_page")
    assert url in editor.get(address(case)).text
    first = editor.post(url)["Location"]
    assert editor.post(url)["Location"] == first
    assert url not in editor.get(address(case)).text
    with pytest.raises(NotYours):
        begin_page(case, by=cast["department"])
    gone = make_case("not_selected", cast, case.project)
    gone.page.delete()
    assert editor.post(address(gone, "case_study_page"))["Location"] == address(gone)
    assert not hasattr(now(gone), "page")


def test_title_and_project_follow_the_page_as_long_as_they_may(cast: Cast) -> None:
    case = make_case("draft", cast)
    other = make_project("graded", cast, title="另一个项目")
    moved = save_case(case, by=cast["editor"], title="新题目", project=other)
    assert (moved.title, moved.project) == ("新题目", other)
    with pytest.raises(ConditionUnmet):
        save_case(moved, by=cast["editor"], project=make_project("implementing", cast))
    case = take_case(take_case(moved, "submit", cast), "select", cast)
    assert save_case(case, by=cast["publisher"], title="更好的题目").title == "更好的题目"
    with pytest.raises(Frozen):
        save_case(case, by=cast["editor"], project=make_project("graded", cast))
    case = take_case(now(case), "publish", cast)
    assert save_case(case, by=cast["editor"], title="发布以后").title == "更好的题目"


def test_those_concerned_are_told(cast: Cast) -> None:
    case = make_case("published", cast)
    take_case(case, "retract", cast)

    def told(role: str) -> list[str]:
        notices = Notice.objects.to(cast[role]).order_by("pk").values_list("subject", flat=True)
        return [subject.split("：")[0] for subject in notices if subject.startswith("案例")]

    assert told("department") == ["案例待遴选"]
    selected = "案例已入选、待发布"
    assert told("editor") == told("publisher") == [selected, "案例已发布", "案例已撤下"]
    assert told("applicant") == told("unit") == ["案例已发布", "案例已撤下"]
    assert make_case("not_selected", cast).state == "not_selected"
    assert told("editor")[-1] == "案例未入选"


def test_the_desk_counts_what_waits_for_each(cast: Cast) -> None:
    project = make_project("graded", cast)
    for state in ("draft", "submitted", "selected"):
        make_case(state, cast, project)

    def lines(role: str) -> dict[str, int]:
        return {
            str(line.label): line.count for line in desk_of(cast[role]) if "案例" in str(line.label)
        }

    assert lines("department") == {"案例：待遴选": 1}
    assert lines("editor") == {"案例：撰写中": 1, "案例：已入选": 1}
    assert lines("publisher") == {"案例：已入选": 1}
    assert lines("applicant") == lines("unit") == {}


def test_the_register_is_narrowed_and_asks_as_often_for_many(cast: Cast) -> None:
    project = make_project("graded", cast)
    for state in ("draft", "submitted"):
        make_case(state, cast, project)
    client = client_of(cast["department"])
    narrowed = {
        "desk=mine": 1,
        "state=draft": 1,
        "due=soon": 0,
        f"cycle={cast.cycle.pk}": 2,
        "sector=urban": 2,
        "sector=rural": 0,
        f"q={project.code}": 2,
    }
    for query, count in narrowed.items():
        listed = client.get(f"{REGISTER}results/?{query}").context["object_list"]
        assert len(listed) == count, query
    few = queries_of(client, REGISTER)
    for _ in range(6):
        make_case("submitted", cast, project)
    assert queries_of(client, REGISTER) == few
    exported = client.get(f"{REGISTER}?export=xlsx")
    assert exported["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_page_editor_leads_to_file_and_steps(cast: Cast) -> None:
    case = make_case("draft", cast)
    edit = reverse("wagtailadmin_pages:edit", args=[case.page.pk])
    found = client_of(cast["editor"]).get(edit).text
    assert address(case) in found
    assert address(case, "case_study_step", "submit") in found
    explorer = reverse("wagtailadmin_explore", args=[case.page.get_parent().pk])
    assert "（撰写中）" in client_of(cast["editor"]).get(explorer).text
    trail = client_of(cast["department"]).get("/admin/party/trail/?machine=case").text
    assert address(case) in trail


def test_the_public_page_of_the_project_shows_its_case(cast: Cast) -> None:
    from tests.factories.column import make_page
    from tests.factories.spread import publish_case_page

    page = make_page("graded", cast)
    case = write_case(start_case(page.project, by=cast["editor"]), cast).case
    url = f"/projects/{cast.cycle.year}/{page.project.code}/"
    reader = client_of(cast["auditor"])
    address_of_case = f"/cases/{page.project.code}/"
    assert address_of_case not in reader.get(url).text
    for step in ("submit", "select"):
        case = take_case(case, step, cast)
    publish_case_page(case.page, cast)
    assert address_of_case in reader.get(url).text
    assert url in reader.get(address_of_case).text
    announce(page.project, cast)
    assert "一等" in reader.get(address_of_case).text
