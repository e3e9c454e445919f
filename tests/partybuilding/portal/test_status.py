"""Where a project stands, in words that name sides and never reviewers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from partybuilding.core.machine.wording import day_words
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.portal.presenters.standing import acting_role
from partybuilding.portal.presenters.wording import days_left, due_note, due_sentence
from partybuilding.projects.models import Project
from partybuilding.projects.services import extend_return
from partybuilding.projects.states import STATES
from tests.factories import make_project

REACHED = [state.code for state in STATES if state.code != "archived"]
OPINION = "内部意见：该单位基础较弱。"


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


def page_of(client, project, name="project"):
    return client.get(reverse(f"portal:{name}", args=[project.pk])).content.decode()


@pytest.mark.parametrize("state", REACHED)
def test_every_state_has_its_page(state, cast, client) -> None:
    project = make_project(state, cast)
    page = page_of(client, project)
    assert str(project.state_row.told) in page
    assert "办理历程" in page


@pytest.mark.parametrize("state", REACHED)
def test_no_page_names_a_reviewer(state, cast, client) -> None:
    project = make_project(state, cast)
    names = [cast[role].get_full_name() for role in ("unit", "department", "publisher", "expert")]
    for name in ("project", "application", "receipt", "commitments"):
        page = page_of(client, project, name)
        assert [person for person in names if person in page] == []


def test_opinions_of_reviewers_stay_with_the_staff(cast, client) -> None:
    project = make_project("submitted", cast)
    move(project, "pass_first", by=cast["unit"], reason=OPINION)
    page = page_of(client, project)
    assert "初审通过" in page
    assert "内部意见" not in page


@pytest.mark.parametrize("step", ["send_back", "decline"])
def test_reasons_addressed_to_the_applicant_are_told(step, cast, client) -> None:
    state, by = ("first_passed", "department") if step == "decline" else ("submitted", "unit")
    project = make_project(state, cast)
    grounds = {"grounds": ["not_distinctive"]} if step == "decline" else {}
    move(project, step, by=cast[by], reason="请对照指南。", data=grounds)
    page = page_of(client, project)
    assert "请对照指南。" in page
    assert ("特色不鲜明" in page) == (step == "decline")


def test_a_returned_one_leads_to_correcting_it(cast, client) -> None:
    project = make_project("returned", cast)
    page = page_of(client, project)
    assert "去修改" in page
    assert reverse("portal:application", args=[project.pk]) in page


def test_a_later_deadline_stands_in_the_history(cast, client) -> None:
    project = make_project("returned", cast)
    until = timezone.localdate() + timedelta(days=40)
    extend_return(project, until, by=cast["unit"], reason="节假日顺延。")
    page = page_of(client, project)
    assert "延长期限" in page
    assert "节假日顺延。" in page


def test_overdue_is_said_in_words(cast, client) -> None:
    project = make_project("returned", cast)
    Project.objects.filter(pk=project.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    assert "逾期3天" in page_of(client, project)


def test_a_terminated_project_stops_on_the_step_it_had_reached(cast, client) -> None:
    page = page_of(client, make_project("terminated", cast))
    assert page.count("strip__step--done") == 3
    assert page.count("strip__step--stopped") == 1


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_the_form_can_be_taken_along(edition, cast, client) -> None:
    project = make_project("submitted", cast)
    answer = client.get(reverse("portal:form_paper", args=[project.pk, edition]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")


def test_the_form_that_an_applicant_gets_holds_no_opinion(cast, client) -> None:
    project = make_project("submitted", cast)
    move(project, "pass_first", by=cast["unit"], reason=OPINION)
    answer = client.get(reverse("portal:form_paper", args=[project.pk, "docx"]))
    cells = [
        cell.text
        for table in Document(BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert project.problem in cells
    assert [text for text in cells if "内部意见" in text] == []


@pytest.mark.parametrize(("state", "status"), [("approved", 200), ("declined", 200)])
def test_the_letter_is_there_once_it_is_decided(state, status, cast, client) -> None:
    project = make_project(state, cast)
    assert "结果通知书" in page_of(client, project)
    answer = client.get(reverse("portal:letter_paper", args=[project.pk, "docx"]))
    assert answer.status_code == status


def test_a_reopened_project_has_no_letter(cast, client) -> None:
    project = make_project("declined", cast)
    move(project, "reopen", by=cast["department"], reason="重新审核。")
    answer = client.get(reverse("portal:letter_paper", args=[project.pk, "docx"]))
    assert answer.status_code == 404


def test_a_frozen_form_with_an_emoji_is_printed_all_the_same(cast, client) -> None:
    project = make_project("declined", cast)
    Project.objects.filter(pk=project.pk).update(problem="圆满完成😀。")
    answer = client.get(reverse("portal:form_paper", args=[project.pk, "pdf"]))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 27), "还剩4天"),
        (date(2026, 11, 23), "今天到期"),
        (date(2026, 11, 20), "逾期3天"),
    ],
)
def test_days_are_counted_in_words(day, words) -> None:
    assert days_left(day, TODAY) == words


def test_a_day_of_another_year_carries_its_year() -> None:
    assert day_words(date(2026, 3, 5), TODAY) == "3月5日"
    assert day_words(date(2027, 3, 5), TODAY) == "2027年3月5日"


def test_days_counted_over_an_unarranged_year_are_provisional(cast) -> None:
    project = make_project("submitted", cast)
    project.due_on = date(2049, 1, 10)
    assert "日期暂定" in due_note(project)
    draft = make_project("draft", cast)
    draft.due_on = date(2049, 1, 10)
    assert "日期暂定" not in due_note(draft)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_nothing_is_due_once_it_ended(state, cast) -> None:
    project = make_project(state, cast)
    assert due_note(project) == due_sentence(project) == ""


def test_what_a_unit_did_not_recommend_reads_as_awaiting_the_department(cast, browse) -> None:
    project = make_project("not_recommended", cast)
    client = browse(cast["applicant"])
    pages = [
        client.get(reverse("portal:home")).text,
        client.get(reverse("portal:project", args=[project.pk])).text,
        client.get(reverse("portal:application", args=[project.pk])).text,
        client.get(reverse("portal:messages")).text,
    ]
    for page in pages[:3]:
        assert "待组织部审定" in page
    for page in pages:
        assert "不予推荐" not in page
        assert "方案不完善" not in page
        assert "不够具体" not in page
    assert "初审已办结" in pages[1]


def test_a_refusal_by_a_unit_of_earlier_days_still_names_the_unit(cast) -> None:
    project = make_project("declined", cast)
    entry = trail_of(project).filter(step="decline").get()
    entry.from_state = "submitted"
    assert acting_role(entry) == "unit"
