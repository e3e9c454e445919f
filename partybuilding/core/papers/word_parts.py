"""What Word papers are built of: faces for both scripts, tables of fixed widths, page numbers, rules."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from partybuilding.core.files.archives import timeless
from partybuilding.core.text.characters import writable

LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(12), Pt(10.5)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class Face:
    """A Chinese typeface with its size, weight and colour."""

    family: str
    size: Length
    bold: bool = False
    color: RGBColor | None = None


def new_document(
    face: Face, *, top: float, bottom: float, left: float, right: float
) -> WordDocument:
    """Start an empty A4 document in this face; margins in millimetres."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(top / 10), Cm(bottom / 10)
    section.left_margin, section.right_margin = Cm(left / 10), Cm(right / 10)
    style = document.styles["Normal"]
    dress(style, face)
    style.paragraph_format.space_after = Pt(0)
    _speak_chinese(document)
    return document


def turn(document: WordDocument) -> None:
    """Lay the page on its side."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def to_bytes(document: WordDocument, *, title: str, author: str) -> bytes:
    """Finish a document: name it and return the file, the same bytes for the same document."""
    properties = document.core_properties
    properties.title, properties.author = writable(title)[:255], writable(author)[:255]
    properties.comments = ""
    properties.language = "zh-CN"
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def write(paragraph: Paragraph, text: str, face: Face) -> Run:
    """Add text in a face; characters of both scripts get their font."""
    run = paragraph.add_run(writable(text))
    dress(run, face)
    if face.color is not None:
        run.font.color.rgb = face.color
    return run


def shape(
    paragraph: Paragraph,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: Face | None = None,
    pitch: float | None = None,
    before: float = 0,
    after: float = 0,
    left: float = 0,
    right: float = 0,
) -> Paragraph:
    """Set a paragraph: alignment, an indent of two characters of the face, line pitch and space around it in points."""
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.left_indent, form.right_indent = Pt(left) if left else None, Pt(right) if right else None
    if pitch:
        form.line_spacing = Pt(pitch)
    if indent:
        form.first_line_indent = Length(indent.size * 2)
    return paragraph


def add_table(place: WordDocument | _Cell, widths: Sequence[float]) -> Table:
    """Add an empty grid table to a document or into a cell, with columns of fixed width in centimetres."""
    table = place.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _pad_cells(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def add_row(table: Table, widths: Sequence[float], *, height: float = 0.95) -> _Row:
    """Add a row of at least this height in centimetres; Word wants the width on each cell again."""
    row = table.add_row()
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return row


def fill(cell: _Cell, text: str, face: Face, *, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    """Write a short value into a cell."""
    write(shape(cell.paragraphs[0], align=align), text, face)


def fill_paragraphs(
    cell: _Cell, texts: Sequence[str], face: Face, *, indent: bool = True, pitch: float = 20
) -> None:
    """Write a long text into a cell, one paragraph a string."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP
    for number, text in enumerate(texts or ("",)):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        write(shape(paragraph, indent=face if indent else None, pitch=pitch), text, face)


def repeat_as_header(row: _Row) -> None:
    """Show a row again at the top of each page that its table reaches."""
    _row_flag(row, "w:tblHeader")


def keep_whole(row: _Row) -> None:
    """Let no page break fall within a row."""
    _row_flag(row, "w:cantSplit")


def add_field(paragraph: Paragraph, code: str, face: Face) -> None:
    """Add a number that Word computes, such as PAGE or NUMPAGES."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = write(paragraph, "1" if kind == "shown" else "", face)
        if kind == "instruction":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def rule(paragraph: Paragraph, side: str, *, style: str, color: str, eighths: int) -> None:
    """Draw a line above ("top") or below ("bottom") a paragraph; its width is in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", str(eighths)), ("space", "4"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def dress(target: Run, face: Face) -> None:
    """Set letters of both scripts in a face: a run, or a style of characters or paragraphs."""
    font = target.font
    font.name, font.size, font.bold = LATIN, face.size, face.bold
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face.family)
    fonts.set(qn("w:hint"), "eastAsia")


def _speak_chinese(document: WordDocument) -> None:
    """Declare the language, which decides the shape and place of punctuation."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _pad_cells(table: Table) -> None:
    """Keep text off the lines: 0.08 cm above and below, 0.12 cm at the sides."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 45), ("left", 68), ("bottom", 45), ("right", 68)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(
        margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange"
    )


def _row_flag(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))
