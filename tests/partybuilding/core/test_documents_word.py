"""The papers as Word files: they open, can be edited, and say the same as the PDF."""

import io

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from partybuilding.core.papers.form_outline import PLAN_HEADER, outline_form
from partybuilding.core.papers.result_letters import outline_letter
from partybuilding.core.papers.word import application_form_docx, result_letter_docx
from tests.factories.documents import application_form, plan_row, result_letter


def opened(content: bytes) -> WordDocument:
    """Open a file as an editor would."""
    return Document(io.BytesIO(content))


def text_of(document: WordDocument) -> str:
    """Return all text in the order of the page, tables included, cells that were merged once."""
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def strings(value: object) -> list[str]:
    """Return every text of an outline in its order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in strings(part)]
    if hasattr(value, "__dataclass_fields__"):
        return strings(tuple(getattr(value, name) for name in value.__dataclass_fields__))
    return []


def plan_of(document: WordDocument) -> Table:
    """Return the table of the plan."""
    return next(table for table in document.tables if len(table.columns) == len(PLAN_HEADER))


def test_the_form_says_all_that_its_outline_says() -> None:
    form = application_form()
    text = text_of(opened(application_form_docx(form)))
    for value in strings(outline_form(form)):
        assert value.replace("\n", "") in text


@pytest.mark.parametrize("approved", [True, False])
def test_the_letter_says_all_that_its_outline_says(approved: bool) -> None:
    letter = result_letter(approved=approved, grounds=("特色不鲜明", "亮点不突出"))
    text = text_of(opened(result_letter_docx(letter)))
    for value in strings(outline_letter(letter)):
        assert value in text


def test_the_header_of_the_plan_repeats_and_its_columns_have_widths() -> None:
    table = plan_of(opened(application_form_docx(application_form())))
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, True, False, False]
    assert [cell.text for cell in table.rows[1].cells] == list(PLAN_HEADER)
    assert all(cell.width for row in table.rows for cell in row.cells)


def test_an_empty_plan_leaves_rows_to_fill_in() -> None:
    table = plan_of(opened(application_form_docx(application_form(plan=()))))
    assert [{cell.text for cell in row.cells} for row in table.rows[2:]] == [{""}] * 3


def test_every_written_run_names_its_chinese_typeface() -> None:
    for content in (
        application_form_docx(application_form()),
        result_letter_docx(result_letter()),
    ):
        runs = list(opened(content).element.body.iter(qn("w:r")))
        families = {run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
        assert families <= {"方正小标宋简体", "黑体", "仿宋", "宋体"}
        assert {"黑体", "仿宋"} <= families


def test_the_form_numbers_its_pages() -> None:
    footer = opened(application_form_docx(application_form())).sections[0].footer
    codes = [node.text.strip() for node in footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_only_a_draft_says_that_it_is_one() -> None:
    draft = opened(application_form_docx(application_form(submitted_at=None)))
    final = opened(application_form_docx(application_form()))
    assert draft.sections[0].header.paragraphs[0].text == "草稿"
    assert final.sections[0].header.paragraphs[0].text == ""


@pytest.mark.parametrize(
    "text",
    [
        "<w:t>&amp;</w:t>",
        '#read("/etc/passwd")',
        "😀𬭎㛃龘",
        "x" * 2000,
        "甲\x00\x0b\ud800\uffff乙",
    ],
)
def test_hostile_and_rare_text_stays_text(text: str) -> None:
    form = application_form(problem=text, title=text, plan=(plan_row(1, goal=text),))
    document = opened(application_form_docx(form))
    shown = "甲乙" if "\x00" in text else text
    assert text_of(document).replace(" ", "").count(shown) == 3


def test_a_letter_that_is_copied_to_nobody_has_no_such_line() -> None:
    assert "抄送" in text_of(opened(result_letter_docx(result_letter())))
    assert "抄送" not in text_of(opened(result_letter_docx(result_letter(copied_to=""))))
