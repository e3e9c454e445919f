"""The order and wording of letters and of the list of decisions, which PDF and Word both draw from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.document import Document as WordDocument
from docx.table import Table

from partybuilding.core.papers import word_parts as parts
from partybuilding.core.papers.data import (
    DutyRow,
    ResultLetter,
    chinese_date,
    ordinal,
    paragraphs,
    single_line,
)
from partybuilding.core.papers.word_parts import CENTER, SIZE_2, SIZE_4, SIZE_5, Face

TITLE, HEADING = Face("方正小标宋简体", SIZE_2), Face("黑体", SIZE_4)
TEXT, LABEL, CELL = Face("仿宋", SIZE_4), Face("黑体", SIZE_5), Face("宋体", SIZE_5)
COLUMNS = ("序号", "项目编号", "项目名称", "申报单位", "归口单位", "领域", "初评得分", "议定意见")
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
        parts.fill(cell, text, LABEL, align=CENTER)
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


DUTY_WIDTHS = (1.2, 1.0, 1.8)
DUTY_HEADER = ("职责", "姓名", "职务")
PLEDGE = "请围绕实施步骤、目标任务、完成时限和具体责任，逐项形成公开承诺，按程序审核后向社会公开，接受群众监督。"
WORK = "党组织书记是项目第一责任人。请按承诺抓好推进，及时报送进展和成效，按季度接受调度、督导，对反馈问题限期整改。"


@dataclass(frozen=True)
class Item:
    """A numbered point: a heading, the text that runs on from it, and a table if it has one.

    Args:
        table: its rows, the heading row first.
        widths: of its columns, in proportion to each other.
        left: the columns that hold running text and are set from the left.
        more: paragraphs that stand below the text, before the table.
    """

    heading: str
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = DUTY_WIDTHS
    left: tuple[int, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterOutline:
    """The whole letter in the order of its lines."""

    issuer: str
    number: str
    title: str
    addressee: str
    opening: tuple[str, ...]
    items: tuple[Item, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    copied_to: str


def outline_letter(letter: ResultLetter) -> LetterOutline:
    """Arrange a letter for the page."""
    body = _approval if letter.approved else _refusal
    opening, items, closing = body(letter)
    return LetterOutline(
        issuer=single_line(letter.head or letter.issuer),
        number=single_line(letter.number),
        title=single_line(
            f"{letter.programme_name}{'立项通知书' if letter.approved else '不予立项告知书'}"
        ),
        addressee=f"{'、'.join(map(single_line, (letter.addressee, *letter.partners)))}：",
        opening=opening,
        items=items,
        closing=closing,
        signature=(single_line(letter.issuer), chinese_date(letter.date)),
        copied_to=single_line(letter.copied_to),
    )


def _application(letter: ResultLetter) -> str:
    code = single_line(letter.project_code)
    mark = f"（项目编号：{code}）" if code else ""
    programme = single_line(letter.programme_name)
    who = "你们联合申报的" if letter.partners else "你单位申报的"
    return f"{who}{letter.cycle_year}年度{programme}《{single_line(letter.project_title)}》{mark}收悉。"


def _approval(letter: ResultLetter) -> tuple[tuple[str, ...], tuple[Item, ...], tuple[str, ...]]:
    opinion = _opinion("立项意见", letter)
    lead = "现将有关事项通知如下："
    decision = f"{_application(letter)}经审核，决定予以立项。"
    opening = (decision, *opinion, lead) if opinion else (decision + lead,)
    points = (
        ("落实“四个一”推进机制", *_duties(letter.four_ones)),
        ("做好公开承诺", PLEDGE, ()),
        ("抓好组织实施", WORK, ()),
    )
    items = (
        Item(f"{ordinal(n)}、{heading}。", text, table)
        for n, (heading, text, table) in enumerate(points, start=1)
    )
    return opening, tuple(items), ("特此通知。",)


def _duties(rows: tuple[DutyRow, ...]) -> tuple[str, tuple[tuple[str, ...], ...]]:
    if not rows:
        return (
            "请尽快明确包抓领导、牵头书记、联系组工干部和工作队伍，做到设岗、定人、定责、定时。",
            (),
        )
    people = tuple(
        (single_line(row.duty), single_line(row.name), single_line(row.post)) for row in rows
    )
    return "做到设岗、定人、定责、定时，人员名单如下：", (DUTY_HEADER, *people)


def _refusal(letter: ResultLetter) -> tuple[tuple[str, ...], tuple[Item, ...], tuple[str, ...]]:
    grounds = [single_line(ground) for ground in letter.grounds]
    decision = f"{_application(letter)}经研究，决定不予立项。"
    numbered = len(grounds) > 1
    items = tuple(
        Item(f"{ordinal(n)}、{ground}。" if numbered else f"{ground}。")
        for n, ground in enumerate(grounds, start=1)
    )
    opening = f"{decision}主要理由如下：" if grounds else decision
    advice = "请进一步完善项目方案，可在以后年度继续申报。"
    return (opening,), items, (*_remarks(letter), advice, "特此告知。")


def _opinion(label: str, letter: ResultLetter) -> tuple[str, ...]:
    grounds = "；".join(single_line(ground) for ground in letter.grounds)
    texts = (f"{grounds}。" if grounds else "", *paragraphs(letter.reason))
    return _labelled(label, tuple(text for text in texts if text))


def _remarks(letter: ResultLetter) -> tuple[str, ...]:
    return _labelled("具体意见", paragraphs(letter.reason))


def _labelled(label: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return (f"{label}：{texts[0]}", *texts[1:]) if texts else ()
