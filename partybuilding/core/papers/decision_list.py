"""The list of what a session settled, as a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.document import Document as WordDocument
from docx.table import Table

from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.data import chinese_date, ordinal, single_line
from partybuilding.core.papers.word_parts import CENTER, SIZE_2, SIZE_4, SIZE_5, Face
from partybuilding.core.words.actors import said

TITLE, HEADING = Face("方正小标宋简体", SIZE_2), Face("黑体", SIZE_4)
TEXT, LABEL, CELL = Face("仿宋", SIZE_4), Face("黑体", SIZE_5), Face("宋体", SIZE_5)
COLUMNS = ("序号", "项目编号", "项目名称", "申报单位", "[[unit]]", "领域", "初评得分", "议定意见")
WIDTHS = (1.1, 2.2, 5.2, 3.8, 3.6, 1.9, 1.7, 5.2)
CENTERED = frozenset({0, 1, 5, 6})
SIGNATURES = "主持人：　　　　　　　　　　记录人：　　　　　　　　　　监督人：　　　　　　　　　　"


@dataclass(frozen=True, kw_only=True)
class SettledRow:
    """One project with what was settled."""

    code: str
    title: str
    organization: str
    unit: str = ""
    sector: str = ""
    points: str = ""
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SettledPart:
    """The projects with the same decision."""

    heading: str
    rows: tuple[SettledRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionList:
    """The whole list; a session that is still open gives a draft."""

    title: str
    summary: str
    held_on: date
    parts: tuple[SettledPart, ...] = ()
    draft: bool = False


def decision_list_docx(settled: DecisionList) -> bytes:
    """Return the list as a Word file, A4 on its side."""
    document = parts.new_document(TEXT, top=22, bottom=20, left=22, right=22)
    parts.turn(document)
    head = f"{single_line(settled.title)}议定清单{'（讨论稿）' if settled.draft else ''}"
    parts.write(parts.shape(document.add_paragraph(), align=CENTER, after=8), head, TITLE)
    parts.write(
        parts.shape(document.add_paragraph(), align=CENTER, after=10),
        f"{chinese_date(settled.held_on)}　{single_line(settled.summary)}",
        TEXT,
    )
    filled = [part for part in settled.parts if part.rows]
    for place, part in enumerate(filled, start=1):
        _part(document, place, part)
    parts.write(parts.shape(document.add_paragraph(), before=24), SIGNATURES, TEXT)
    _pages(document)
    return parts.to_bytes(document, title=head, author="")


def _part(document: WordDocument, place: int, part: SettledPart) -> None:
    heading = parts.shape(document.add_paragraph(), before=12, after=6)
    heading.paragraph_format.keep_with_next = True
    parts.write(heading, f"{ordinal(place)}、{part.heading}（{len(part.rows)}项）", HEADING)
    table = parts.add_table(document, WIDTHS)
    header = parts.add_row(table, WIDTHS, height=0.8)
    parts.repeat_as_header(header)
    for cell, text in zip(header.cells, COLUMNS, strict=True):
        parts.fill(cell, said(text), LABEL, align=CENTER)
    for number, row in enumerate(part.rows, start=1):
        _row(table, number, row)


def _row(table: Table, number: int, row: SettledRow) -> None:
    texts = (
        str(number),
        row.code,
        row.title,
        row.organization,
        row.unit,
        row.sector,
        row.points,
        row.opinion,
    )
    line = parts.add_row(table, WIDTHS, height=0.8)
    parts.keep_whole(line)
    for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
        align = CENTER if place in CENTERED else None
        parts.fill(cell, single_line(text), CELL, align=align)


def _pages(document: WordDocument) -> None:
    footer = parts.shape(document.sections[0].footer.paragraphs[0], align=CENTER)
    for text, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        parts.write(footer, text, CELL)
        parts.add_field(footer, code, CELL)
    parts.write(footer, " 页", CELL)
