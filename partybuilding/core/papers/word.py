"""The papers as Word files that can be edited: the same wording and order as the PDF."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.shared import RGBColor
from docx.table import Table, _Cell

from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.data import ApplicationForm, ResultLetter, ResultsReport
from partybuilding.core.papers.form_outline import (
    DRAFT_MARK,
    Entry,
    FormOutline,
    Section,
    SignedCell,
    outline_form,
    outline_results,
)
from partybuilding.core.papers.letters import Item, LetterOutline
from partybuilding.core.papers.result_letters import outline_letter
from partybuilding.core.papers.word_parts import (
    CENTER,
    RIGHT,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    Face,
)

RED = RGBColor(0xD7, 0x00, 0x0F)
TITLE = Face("方正小标宋简体", SIZE_2)
LABEL, TEXT = Face("黑体", SIZE_SMALL_4), Face("仿宋", SIZE_SMALL_4)
SMALL_LABEL, SMALL = Face("黑体", SIZE_5), Face("宋体", SIZE_5)
BODY, HEADING = Face("仿宋", SIZE_3), Face("黑体", SIZE_3)
PAGE = Face("宋体", SIZE_4)
BODY_PITCH = 29
FORM_WIDTHS = (2.6, 5.5, 2.6, 5.5)
PLAN_WIDTHS = (1.15, 3.2, 4.4, 3.1, 1.85, 2.5)
SIGNED_WIDTHS = (2.6, 13.6)
#: The width of a table that stands in a cell of the form.
WITHIN = 13.2
#: The width of a letter's text in centimetres; a table of more than so many columns is set smaller.
TEXT_WIDTH, WIDE = 15.6, 4


def application_form_docx(form: ApplicationForm) -> bytes:
    """Return the application form (项目申报表) as a Word file."""
    return _form_docx(outline_form(form))


def results_report_docx(report: ResultsReport) -> bytes:
    """Return the report of the results (项目成果报告表) as a Word file."""
    return _form_docx(outline_results(report))


def _form_docx(outline: FormOutline) -> bytes:
    document = parts.new_document(TEXT, top=25, bottom=24, left=24, right=24)
    _form_head(document, outline)
    _form_table(document, outline)
    _plan_table(document, outline)
    _signed_table(document, outline)
    _form_edges(document, outline)
    return parts.to_bytes(document, title=outline.title, author=outline.rows[1][0].value)


def result_letter_docx(letter: ResultLetter) -> bytes:
    """Return the result letter (立项通知书 or 不予立项告知书) as a Word file."""
    return letter_docx(outline_letter(letter))


def letter_docx(outline: LetterOutline) -> bytes:
    """Return any official letter as a Word file."""
    document = parts.new_document(BODY, top=30, bottom=28, left=28, right=26)
    _letter_head(document, outline)
    _running(document, outline.opening)
    for item in outline.items:
        _item(document, item)
    _running(document, outline.closing)
    _letter_foot(document, outline)
    _letter_pages(document)
    return parts.to_bytes(document, title=outline.title, author=outline.issuer)


def _form_head(document: WordDocument, outline: FormOutline) -> None:
    title = parts.shape(document.add_paragraph(), align=CENTER, after=18)
    parts.write(title, outline.title, TITLE)
    marks = "　　".join(f"{mark.label}：{mark.value or '　　　　　'}" for mark in outline.marks)
    parts.write(parts.shape(document.add_paragraph(), align=CENTER, after=4), marks, SMALL)


def _form_table(document: WordDocument, outline: FormOutline) -> None:
    table = parts.add_table(document, FORM_WIDTHS)
    for entries in outline.rows:
        _entries(table, entries)
    for section in outline.sections:
        _section(table, section)


def _entries(table: Table, entries: tuple[Entry, ...]) -> None:
    cells = parts.add_row(table, FORM_WIDTHS).cells
    if len(entries) == 1:
        cells[1].merge(cells[3])
    for number, entry in enumerate(entries):
        parts.fill(cells[number * 2], entry.label, LABEL, align=CENTER)
        parts.fill(cells[number * 2 + 1], entry.value, TEXT)


def _section(table: Table, section: Section) -> None:
    cells = parts.add_row(table, FORM_WIDTHS, height=3).cells
    parts.fill(cells[0], section.label, LABEL, align=CENTER)
    content = cells[1].merge(cells[3])
    parts.fill_paragraphs(content, section.paragraphs, TEXT)
    if section.table:
        _table_within(content, section.table)


def _table_within(cell: _Cell, rows: tuple[tuple[str, ...], ...]) -> None:
    """Set an answer in rows into its cell; Word wants a paragraph behind it."""
    widths = [WITHIN / len(rows[0])] * len(rows[0])
    table = parts.add_table(cell, widths)
    for number, texts in enumerate(rows):
        row = parts.add_row(table, widths)
        parts.keep_whole(row)
        for place, text in zip(row.cells, texts, strict=True):
            parts.fill(
                place, text, SMALL if number else SMALL_LABEL, align=None if number else CENTER
            )
    parts.repeat_as_header(table.rows[0])
    cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
    parts.shape(cell.paragraphs[-1], pitch=1)


def _plan_table(document: WordDocument, outline: FormOutline) -> None:
    _seam(document)
    table = parts.add_table(document, PLAN_WIDTHS)
    label = parts.add_row(table, PLAN_WIDTHS, height=0.8)
    parts.fill(label.cells[0].merge(label.cells[-1]), outline.plan_label, LABEL, align=CENTER)
    header = parts.add_row(table, PLAN_WIDTHS, height=0.8)
    for cell, text in zip(header.cells, outline.plan_header, strict=True):
        parts.fill(cell, text, SMALL_LABEL, align=CENTER)
    for row in (label, header):
        parts.repeat_as_header(row)
    for texts in outline.plan_rows:
        _plan_row(table, texts)


def _plan_row(table: Table, texts: tuple[str, ...]) -> None:
    row = parts.add_row(table, PLAN_WIDTHS)
    parts.keep_whole(row)
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        parts.fill(cell, text, SMALL, align=CENTER if number in (0, 3, 4) else None)


def _signed_table(document: WordDocument, outline: FormOutline) -> None:
    _seam(document)
    table = parts.add_table(document, SIGNED_WIDTHS)
    if outline.attachments is not None:
        label, names = parts.add_row(table, SIGNED_WIDTHS, height=1.6).cells
        parts.fill(label, outline.attachments.label, LABEL, align=CENTER)
        parts.fill_paragraphs(names, outline.attachments.paragraphs, TEXT, indent=False)
    for cell in outline.signed:
        _signed(table, cell)


def _signed(table: Table, signed: SignedCell) -> None:
    label, content = parts.add_row(table, SIGNED_WIDTHS, height=3.8).cells
    parts.fill(label, signed.label, LABEL, align=CENTER)
    parts.fill_paragraphs(content, signed.paragraphs, TEXT)
    if signed.verdict:
        verdict = content.paragraphs[0].insert_paragraph_before()
        parts.write(parts.shape(verdict, pitch=20), signed.verdict, LABEL)
    _signature(content, signed.signature)


def _signature(cell: _Cell, lines: tuple[str, ...]) -> None:
    for number, text in enumerate(lines):
        paragraph = parts.shape(
            cell.add_paragraph(), align=RIGHT, pitch=22, before=0 if number else 24, right=24
        )
        paragraph.paragraph_format.keep_with_next = number + 1 < len(lines)
        parts.write(paragraph, text, TEXT)


def _seam(document: WordDocument) -> None:
    """Part two tables by the smallest paragraph: without one, Word makes them a single table."""
    parts.shape(document.add_paragraph(), pitch=1)


def _form_edges(document: WordDocument, outline: FormOutline) -> None:
    section = document.sections[0]
    footer = parts.shape(section.footer.paragraphs[0], align=CENTER)
    for text, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        parts.write(footer, text, SMALL)
        parts.add_field(footer, code, SMALL)
    parts.write(footer, " 页", SMALL)
    if outline.draft:
        header = parts.shape(section.header.paragraphs[0], align=RIGHT)
        parts.write(header, DRAFT_MARK, Face("黑体", SIZE_4, color=RED))


def _letter_head(document: WordDocument, outline: LetterOutline) -> None:
    size = min(parts.Pt(36), parts.Cm(15) // max(1, len(outline.issuer)))
    head = parts.shape(document.add_paragraph(), align=CENTER)
    parts.write(head, outline.issuer, Face("方正小标宋简体", parts.Length(size), color=RED))
    parts.rule(head, "bottom", style="thickThinSmallGap", color=str(RED), eighths=24)
    parts.write(parts.shape(document.add_paragraph(), align=RIGHT, before=4), outline.number, BODY)
    parts.write(
        parts.shape(document.add_paragraph(), align=CENTER, before=18, after=18),
        outline.title,
        TITLE,
    )
    parts.write(parts.shape(document.add_paragraph(), pitch=BODY_PITCH), outline.addressee, BODY)


def _running(document: WordDocument, texts: tuple[str, ...]) -> None:
    for text in texts:
        paragraph = parts.shape(document.add_paragraph(), indent=BODY, pitch=BODY_PITCH)
        parts.write(paragraph, text, BODY)


def _item(document: WordDocument, item: Item) -> None:
    paragraph = parts.shape(document.add_paragraph(), indent=BODY, pitch=BODY_PITCH)
    parts.write(paragraph, item.heading, HEADING)
    parts.write(paragraph, item.text, BODY)
    _running(document, item.more)
    if item.table:
        _rows(document, item)


def _rows(document: WordDocument, item: Item) -> None:
    widths = [TEXT_WIDTH * width / sum(item.widths) for width in item.widths]
    size = SIZE_SMALL_4 if len(widths) > WIDE else SIZE_4
    table = parts.add_table(document, widths)
    for number, texts in enumerate(item.table):
        row = parts.add_row(table, widths)
        parts.keep_whole(row)
        face = Face("仿宋" if number else "黑体", size)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            align = None if number and place in item.left else CENTER
            parts.fill(cell, text, face, align=align)
    parts.repeat_as_header(table.rows[0])
    parts.shape(document.add_paragraph(), pitch=8)


def _letter_foot(document: WordDocument, outline: LetterOutline) -> None:
    for number, text in enumerate(outline.signature):
        paragraph = parts.shape(
            document.add_paragraph(),
            align=CENTER,
            pitch=BODY_PITCH,
            before=0 if number else 32,
            left=185,
            right=32,
        )
        paragraph.paragraph_format.keep_with_next = not number
        parts.write(paragraph, text, BODY)
    if outline.copied_to:
        copied = parts.shape(document.add_paragraph(), before=28)
        parts.write(copied, f"抄送：{outline.copied_to}。", Face("仿宋", SIZE_4))
        for side in ("top", "bottom"):
            parts.rule(copied, side, style="single", color="000000", eighths=6)


def _letter_pages(document: WordDocument) -> None:
    """Number the pages from the second on, as letters do."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    footer = parts.shape(section.footer.paragraphs[0], align=CENTER)
    parts.write(footer, "— ", PAGE)
    parts.add_field(footer, "PAGE", PAGE)
    parts.write(footer, " —", PAGE)
