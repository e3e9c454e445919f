"""A field that is added to the application's sheet stands on every screen and paper, by its declaration alone."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.sheets import LongText, Part, Sheet
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    create_draft,
    open_session,
    save_application,
    submit_application,
)
from partybuilding.projects.sheet import APPLICATION
from tests.factories import Cast, fill, make_cast
from tests.factories.projects import take
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
LABEL, ASKED, HELP = "群众心愿", "请写明群众心愿。", "写群众自己的话。"
FIRST, THEN = "盼楼下有一盏长明灯。", "盼楼下有两盏长明灯。"
#: A long text of its own part; a column that the application does not write stands in for a new one.
WISH = LongText(key="wish", label=LABEL, help=HELP, required=ASKED, source="results_summary")


@pytest.fixture(autouse=True)
def sheet(monkeypatch: pytest.MonkeyPatch) -> Sheet:
    """Add one field to the sheet of every project, between the highlights and the plan."""
    before, after = APPLICATION.parts[:4], APPLICATION.parts[4:]
    longer = Sheet((*before, Part("wish", LABEL, (WISH,)), *after))
    monkeypatch.setattr(Project, "whole_sheet", longer)
    return longer


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> Project:
    return fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)


@pytest.fixture
def applicant(cast: Cast) -> Client:
    return client_of(cast["applicant"])


def address(name: str, project: Project, *args: Any) -> str:
    return reverse(f"portal:{name}", args=[project.pk, *args])


def handed_in(draft: Project, cast: Cast) -> Project:
    save_application(draft, by=cast["applicant"], results_summary=FIRST)
    return submit_application(draft, by=cast["applicant"])


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def test_it_has_its_form_its_place_in_the_list_and_saves_itself(
    draft: Project, applicant: Client
) -> None:
    page = applicant.get(address("section", draft, "wish")).content.decode()
    for words in (LABEL, HELP, "第5部分，共7部分"):
        assert words in page
    tasks = applicant.get(address("application", draft)).content.decode()
    assert address("section", draft, "wish") in tasks
    answer = applicant.post(
        address("section", draft, "wish"), {"results_summary": FIRST, "then": "next"}
    )
    assert answer["Location"] == address("section", draft, "plan")
    assert anew(draft).results_summary == FIRST
    seen = re.search(r'name="seen" value="(\w+)"', page)
    typed = {"results_summary": THEN, "seen": seen and seen[1]}
    assert applicant.post(address("autosave", draft, "wish"), typed).status_code == 409


def test_it_is_asked_for_before_it_is_handed_in(
    draft: Project, applicant: Client, cast: Cast
) -> None:
    page = applicant.get(address("check", draft)).content.decode()
    assert ASKED in page
    assert applicant.post(address("check", draft), {"confirmed": "on"}).status_code == 200
    save_application(draft, by=cast["applicant"], results_summary=FIRST)
    page = applicant.get(address("check", draft)).content.decode()
    assert ASKED not in page
    assert LABEL in page
    assert FIRST in page


def test_snapshot_comparison_and_remarks_have_it(
    draft: Project, applicant: Client, cast: Cast
) -> None:
    project = handed_in(draft, cast)
    assert last_entry(project, "submit").data["application"]["wish"] == FIRST
    form = client_of(cast["unit"]).get(
        reverse("partybuilding:step", args=[project.pk, "send_back"])
    )
    assert 'name="remark_wish"' in form.text
    remarks = {"remarks": {"wish": "请写得具体些。"}}
    move(project, "send_back", by=cast["unit"], reason="请完善。", data=remarks)
    tasks = applicant.get(address("application", project)).content.decode()
    assert "请写得具体些。" in tasks
    save_application(anew(project), by=cast["applicant"], results_summary=THEN)
    project = submit_application(anew(project), by=cast["applicant"])
    page = client_of(cast["unit"]).get(reverse("partybuilding:case", args=[project.pk])).text
    assert f"<strong>{LABEL}：</strong>请写得具体些。" in page
    assert "<del>一</del" in page
    assert "<ins>两</ins" in page


def test_case_file_brief_and_meeting_show_it(draft: Project, cast: Cast) -> None:
    project = take(handed_in(draft, cast), "pass_first", cast)
    officer = client_of(cast["department"])
    session = open_session(cast.cycle, "立项评审会", by=cast["department"])
    item = session.items.get(project=project)
    for place in (
        reverse("partybuilding:case", args=[project.pk]),
        reverse("partybuilding:step", args=[project.pk, "decline"]),
        reverse("partybuilding:session_item", args=[session.pk, item.pk]),
    ):
        page = officer.get(place).text
        assert LABEL in page, place
        assert FIRST in page, place


def test_both_papers_print_it_between_highlights_and_overview(
    draft: Project, applicant: Client, cast: Cast
) -> None:
    project = handed_in(draft, cast)
    pdf = applicant.get(address("form_paper", project, "pdf")).content
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert text.index("预期亮点") < text.index(LABEL) < text.index(FIRST) < text.index("方案概述")
    word = Document(BytesIO(applicant.get(address("form_paper", project, "docx")).content))
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert cells.index("预期亮点") < cells.index(LABEL) < cells.index("方案概述")
    assert FIRST in cells
