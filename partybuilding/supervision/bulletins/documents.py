"""A bulletin as an official paper: the figures in words and tables, the words around them, signature."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from partybuilding.core.files.uploads import Kind
from partybuilding.core.pages.texts import plain
from partybuilding.core.papers.data import chinese_date, ordinal, paragraphs, single_line
from partybuilding.core.papers.letters import Item, LetterOutline
from partybuilding.core.papers.typesetting import letter_pdf
from partybuilding.core.papers.word import letter_docx
from partybuilding.core.words.actors import said
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.presentation import Figures, shown_practices

KINDS_HEADER = ("事项", "应完成", "已完成", "完成率")
UNITS_HEADER = (
    "[[unit]]",
    "项目",
    "应督导",
    "已督导",
    "到期承诺",
    "已兑现",
    "逾期",
    "问题",
    "已销号",
    "整改逾期",
)
UNITS_WIDTHS = (3.2, 0.8, 0.9, 0.9, 0.9, 0.9, 0.8, 0.8, 0.9, 0.9)
UNIT_FIGURES = (
    "projects",
    "activities_due",
    "activities_done",
    "commitments_due",
    "commitments_done",
    "commitments_overdue",
    "rectifications_opened",
    "rectifications_closed",
    "rectifications_overdue",
)
ADDRESSEE = "各[[unit]]，各项目实施单位："


def outline_bulletin(page: BulletinPage) -> LetterOutline:
    """Arrange a bulletin for the page."""
    figures = Figures(page.figures)
    published = page.first_published_at
    day = timezone.localdate(published) if published else None
    return LetterOutline(
        issuer=single_line(page.issuer),
        number=single_line(page.number),
        title=single_line(page.title),
        addressee=said(ADDRESSEE),
        opening=(*_corrects(page), *_words(page.opening)),
        items=tuple(_numbered(page, figures)),
        closing=(*_words(page.body), "特此通报。"),
        signature=(single_line(page.issuer), chinese_date(day)),
        copied_to="",
    )


def _corrects(page: BulletinPage) -> Iterator[str]:
    before: Any = page.corrects
    if before:
        number = f"（{single_line(before.number)}）" if before.number else ""
        yield f"《{single_line(before.title)}》{number}有误，现予更正，内容以本通报为准。"


def _words(body: Any) -> Iterator[str]:
    """Yield the paragraphs of words around the figures; a table of theirs row by row."""
    for block in body:
        if block.block_type == "heading":
            yield single_line(block.value)
        elif block.block_type == "text":
            yield from paragraphs(plain(block.value.source))
        elif block.block_type == "quote":
            yield f"“{single_line(block.value['text'])}”——{single_line(block.value['who'])}"
        else:
            table = block.value["table"]
            yield single_line(table.caption or "")
            yield from ("　".join(str(cell.value) for cell in row) for row in table.rows)


def _numbered(page: BulletinPage, figures: Figures) -> Iterator[Item]:
    parts = [_overview(figures), _units(figures)]
    if named := page.figures.get("laggards"):
        parts.append(_laggards(named))
    if practices := shown_practices(page):
        parts.append(_practices(practices))
    for place, part in enumerate(parts, start=1):
        yield Item(
            f"{ordinal(place)}、{part.heading}",
            part.text,
            part.table,
            part.widths,
            part.left,
            part.more,
        )


def _overview(figures: Figures) -> Item:
    rows = [(row["label"], row["due"], row["done"]) for row in figures.kinds]
    total = figures.total
    rows += [
        ("公开承诺", total["commitments_due"], total["commitments_done"]),
        ("问题整改", total["rectifications_opened"], total["rectifications_closed"]),
    ]
    table = tuple(
        (label, str(due), str(done), f"{done / due:.0%}" if due else "—")
        for label, due, done in rows
    )
    said = f"截至{chinese_date(figures.day)}，{figures.sentence}{figures.late_sentence}"
    return Item("总体情况。", said, (KINDS_HEADER, *table), (2.0, 1.0, 1.0, 1.0))


def _units(figures: Figures) -> Item:
    rows = tuple(
        (row["name"], *(str(row[name]) for name in UNIT_FIGURES))
        for row in (
            *figures.units,
            {
                **figures.total,
                "projects": figures.kept["projects"],
                "name": said("全[[district]]合计"),
            },
        )
    )
    return Item(
        said("各[[unit]]情况。"), "", (tuple(map(said, UNITS_HEADER)), *rows), UNITS_WIDTHS, (0,)
    )


def _laggards(rows: list[dict[str, Any]]) -> Item:
    lines = tuple(
        f"{place}.{row['organization']}《{row['title']}》：逾期承诺{row['commitments']}项，"
        f"逾期整改{row['rectifications']}项。"
        for place, row in enumerate(rows, start=1)
    )
    return Item("逾期较多的项目。", "请下列单位抓紧推进：", more=lines)


def _practices(rows: list[dict[str, Any]]) -> Item:
    lines = tuple(
        f"{place}.{row['organization']}：{single_line(row['text'])}"
        for place, row in enumerate(rows, start=1)
    )
    return Item("好的做法。", "供各单位学习借鉴：", more=lines)


EDITIONS: dict[str, Callable[[BulletinPage], bytes]] = {
    Kind.PDF.value: lambda page: letter_pdf(
        outline_bulletin(page),
        timezone.localdate(page.first_published_at) if page.first_published_at else None,
    ),
    Kind.DOCX.value: lambda page: letter_docx(outline_bulletin(page)),
}
