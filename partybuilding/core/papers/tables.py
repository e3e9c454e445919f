"""Papers that are one table with a place to sign (评分表, 汇总表), as PDF and as Word file from one outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from docx.document import Document as WordDocument

from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.form_outline import Entry
from partybuilding.core.papers.typesetting import midnight, typeset
from partybuilding.core.papers.word_parts import CENTER, SIZE_2, SIZE_5, SIZE_SMALL_4, Face

TITLE, LABEL = Face("方正小标宋简体", SIZE_2), Face("黑体", SIZE_SMALL_4)
TEXT, FOOT = Face("仿宋", SIZE_SMALL_4), Face("宋体", SIZE_5)
#: The width of the text in centimetres, upright and on its side, and of a label.
UPRIGHT, ON_ITS_SIDE, LABEL_WIDTH = 16.6, 25.3, 2.6


@dataclass(frozen=True, kw_only=True)
class TablePaper:
    """One paper in the order of its page.

    Args:
        marks: what it is about, in so many columns.
        widths: of the table's columns, in proportion to each other.
        left: the columns that hold running text and are set from the left.
        by_hand: whether empty cells are filled in by hand.
        texts: labels and texts below the table; an empty one leaves room.
        foot: stands in the foot of its pages.
    """

    title: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    subtitle: str = ""
    marks: tuple[Entry, ...] = ()
    mark_columns: int = 2
    left: tuple[int, ...] = ()
    by_hand: bool = False
    texts: tuple[tuple[str, str], ...] = ()
    signatures: tuple[str, ...] = ()
    foot: str = ""


def tables_pdf(
    papers: Sequence[TablePaper], *, author: str, day: date | None, landscape: bool = False
) -> bytes:
    """Return such papers in one PDF, each on pages of its own; at least one."""
    first = papers[0]
    data = {
        "title": first.title,
        "author": author,
        "landscape": landscape,
        "sheets": [asdict(one) for one in papers],
    }
    return typeset("tables.typ", data, timestamp=midnight(day))


def table_docx(paper: TablePaper, *, author: str, landscape: bool = False) -> bytes:
    """Return one such paper as a Word file."""
    document = parts.new_document(TEXT, top=23, bottom=22, left=22, right=22)
    if landscape:
        parts.turn(document)
    width = ON_ITS_SIDE if landscape else UPRIGHT
    parts.write(parts.shape(document.add_paragraph(), align=CENTER, after=6), paper.title, TITLE)
    if paper.subtitle:
        subtitle = parts.shape(document.add_paragraph(), align=CENTER, after=6)
        parts.write(subtitle, paper.subtitle, TEXT)
    if paper.marks:
        _marks(document, paper, width)
    _table(document, paper, width)
    _below(document, paper, width)
    footer = parts.shape(document.sections[0].footer.paragraphs[0])
    parts.write(footer, paper.foot, FOOT)
    return parts.to_bytes(document, title=paper.title, author=author)


def _marks(document: WordDocument, paper: TablePaper, width: float) -> None:
    own = (LABEL_WIDTH, width / paper.mark_columns - LABEL_WIDTH) * paper.mark_columns
    table = parts.add_table(document, own)
    for at in range(0, len(paper.marks), paper.mark_columns):
        cells = parts.add_row(table, own).cells
        for place, mark in enumerate(paper.marks[at : at + paper.mark_columns]):
            parts.fill(cells[place * 2], mark.label, LABEL, align=CENTER)
            parts.fill(cells[place * 2 + 1], mark.value, TEXT)
    parts.shape(document.add_paragraph(), pitch=8)


def _table(document: WordDocument, paper: TablePaper, width: float) -> None:
    widths = [width * one / sum(paper.widths) for one in paper.widths]
    table = parts.add_table(document, widths)
    header = parts.add_row(table, widths)
    parts.repeat_as_header(header)
    for cell, text in zip(header.cells, paper.header, strict=True):
        parts.fill(cell, text, LABEL, align=CENTER)
    for texts in paper.rows:
        row = parts.add_row(table, widths, height=1.5 if paper.by_hand else 0.95)
        parts.keep_whole(row)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            parts.fill(cell, text, TEXT, align=None if place in paper.left else CENTER)


def _below(document: WordDocument, paper: TablePaper, width: float) -> None:
    parts.shape(document.add_paragraph(), pitch=8)
    if paper.texts:
        widths = (LABEL_WIDTH, width - LABEL_WIDTH)
        table = parts.add_table(document, widths)
        for label, text in paper.texts:
            cells = parts.add_row(table, widths, height=1 if text else 2.6).cells
            parts.fill(cells[0], label, LABEL, align=CENTER)
            parts.fill_paragraphs(cells[1], text.split("\n"), TEXT)
    signed = parts.shape(document.add_paragraph(), before=24)
    parts.write(signed, "　　".join(paper.signatures), TEXT)
