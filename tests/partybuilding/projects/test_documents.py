"""What the official papers say of a case file."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from partybuilding.core.papers.form_outline import outline_form
from partybuilding.core.services import move
from partybuilding.portal.forms.parts import STEP_FIELDS, StepForm
from partybuilding.projects.documents import (
    application_form,
    form_response,
    letter_response,
    result_letter,
)
from partybuilding.projects.selectors import decided_with
from partybuilding.projects.services import create_draft, save_partners, submit_application
from partybuilding.projects.sheet import APPLICATION
from tests.factories import fill, make_cast, make_organization, make_project
from tests.factories.documents import application_form as printed
from tests.factories.projects import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def text_of(response) -> str:
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_form_holds_every_part_of_the_application(cast) -> None:
    partner = make_organization()
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    save_partners(draft, [partner], by=cast["applicant"])
    draft.partners.update(consent="agreed")
    project = submit_application(draft, by=cast["applicant"])

    form = application_form(project)
    said = {answer.label: answer.value for answer in (*form.answers, *form.texts)}

    for field in project.sheet.fields:
        if field.is_written:
            assert said[str(field.label)] == field.words(project) != ""
    assert [one.name for one in form.partners] == [partner.name]
    assert said["归口单位"] == cast.organization.unit.name
    assert (said["选题"], said["所属领域"]) == ("基层治理", project.get_sector_display())
    assert [step.task for step in form.plan] == ["建立议事厅"]
    assert form.code == project.code
    assert form.submitted_at == project.submitted_at


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_lies_with_the_applicant_is_printed_as_a_draft(state, cast) -> None:
    assert application_form(make_project(state, cast)).submitted_at is None


def test_an_approved_project_carries_its_number(cast) -> None:
    project = make_project("approved", cast)
    assert application_form(project).code == project.code


@pytest.mark.parametrize("state", ["approved", "archived"])
def test_opinions_stand_in_the_form_for_staff_and_verdicts_for_the_applicant(state, cast) -> None:
    project = make_project(state, cast)
    told = application_form(project, full=True).reviews
    assert [(row.stage, row.verdict, row.opinion) for row in told] == [
        ("归口单位初审意见", "同意推荐", "同意推荐。"),
        ("组织部立项意见", "同意立项", "同意立项。"),
    ]
    assert [row.organization for row in told] == [cast.organization.unit.name, "区委组织部"]
    assert all(row.date == timezone.localdate() for row in told)
    own = application_form(project).reviews
    assert [replace(row, opinion="") for row in told] == list(own)


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_both_editions_print_the_opinions_of_staff_and_no_name_of_a_reviewer(edition, cast) -> None:
    project = make_project("archived", cast)
    full, own = (form_response(project, edition, full=full) for full in (True, False))
    assert full.content != own.content
    if edition == "docx":
        assert "同意推荐。" in text_of(full)
        assert "同意推荐。" not in text_of(own)
        assert "同意推荐" in text_of(own)
        assert cast["unit"].first_name not in text_of(full)


def test_a_refusal_tells_the_applicant_what_its_letter_says(cast) -> None:
    project = make_project("declined", cast)
    own, full = application_form(project), application_form(project, full=True)
    assert own.reviews == full.reviews[-1:]
    assert "不够具体。" in own.reviews[-1].opinion


def test_a_review_holds_for_what_was_handed_in(cast) -> None:
    project = make_project("first_passed", cast)
    project = move(project, "send_back", by=cast["department"], reason="请补充计划。")
    assert application_form(project, full=True).reviews == ()
    project = submit_application(project, by=cast["applicant"])
    assert application_form(project, full=True).reviews == ()
    project = take(project, "not_recommend", cast)
    (row,) = application_form(project, full=True).reviews
    assert (row.stage, row.verdict) == ("归口单位初审意见", "不予推荐")


@pytest.mark.parametrize(
    ("state", "step", "left"),
    [
        ("not_recommended", "take_back", []),
        ("approved", "revoke_approval", ["同意推荐"]),
        ("declined", "reopen", ["不予推荐"]),
        ("terminated", "reopen", ["同意推荐", "同意立项"]),
    ],
)
def test_what_was_undone_does_not_stand_in_the_form(state, step, left, cast) -> None:
    project = take(make_project(state, cast), step, cast)
    rows = application_form(project, full=True).reviews
    assert [row.verdict for row in rows] == left


def test_the_letter_of_approval_names_the_four_ones_and_keeps_the_opinion(cast) -> None:
    project = make_project("approved", cast)
    letter = result_letter(project, decided_with(project))
    assert letter.approved
    assert [row.name for row in letter.four_ones] == ["王示例", "李示例", "赵示例", "项目工作专班"]
    assert letter.reason == ""
    assert letter.copied_to == cast.organization.unit.name
    assert letter.issuer == "区委组织部"


def test_the_letter_of_refusal_gives_grounds_and_reason_and_comes_from_who_declined(cast) -> None:
    project = make_project("declined", cast)
    letter = result_letter(project, decided_with(project))
    assert not letter.approved
    assert len(letter.grounds) == 1
    assert letter.reason == "不够具体。"
    assert letter.issuer == "区委组织部"
    assert letter.copied_to == cast.organization.unit.name


def test_a_refusal_by_a_unit_of_earlier_days_stays_the_units(cast) -> None:
    project = make_project("declined", cast)
    entry = decided_with(project)
    entry.from_state = "submitted"
    letter = result_letter(project, entry)
    assert (letter.issuer, letter.copied_to) == (cast.organization.unit.name, "")


@pytest.mark.parametrize(("edition", "beginning"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
def test_papers_are_downloads_under_their_chinese_names(edition, beginning, cast) -> None:
    project = make_project("declined", cast)
    form = form_response(project, edition)
    letter = letter_response(project, decided_with(project), edition)
    for response in (form, letter):
        assert response.content.startswith(beginning)
        disposition = response["Content-Disposition"]
        assert disposition.startswith("attachment; filename*=utf-8''")
        assert disposition.endswith(f".{edition}")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_word_edition_says_what_was_typed(cast) -> None:
    project = make_project("submitted", cast)
    assert project.problem in text_of(form_response(project, "docx"))


def test_the_parts_bear_the_same_words_on_paper_and_on_screen() -> None:
    paper = outline_form(printed())
    rows = [tuple(entry.label.replace("\n", "") for entry in row) for row in paper.rows]
    assert rows == [
        ("项目名称",),
        ("申报单位", "归口单位"),
        ("联合申报单位",),
        ("所属领域", "选题"),
        ("第一责任人", "职务"),
        ("联系人", "联系电话"),
    ]
    texts = [section.label for section in (*paper.sections, paper.attachments)]
    assert texts == ["拟破解的\n问题", "特色与\n辨识度", "预期亮点", "方案概述", "附件材料"]
    steps = [str(StepForm.base_fields[name].label) for name in STEP_FIELDS]
    assert list(paper.plan_header[1:]) == steps
    kept = {str(field.label) for field in APPLICATION.fields if field.in_snapshots}
    named = {label for row in rows for label in row} | {label.replace("\n", "") for label in texts}
    assert kept <= named | {paper.plan_label}
