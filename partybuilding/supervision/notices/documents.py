"""A feedback notice as an official paper: number, addressee, what was checked, the table of findings, signature."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.utils import timezone

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.data import (
    chinese_date,
    ordinal,
    paragraphs,
    single_line,
)
from partybuilding.core.papers.outlines import Item, LetterOutline
from partybuilding.core.papers.typesetting import letter_pdf
from partybuilding.core.papers.word import letter_docx
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.documents import paper_response
from partybuilding.supervision.notices.assembly import Content
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import then_words
from partybuilding.supervision.states import ActivityKind, Found, RectificationState
from partybuilding.supervision.wording import quarter_name

FINDINGS_HEADER = ("序号", "督导发现的问题", "整改要求", "整改时限", "当日情况")
FINDINGS_WIDTHS = (0.6, 2.3, 2.3, 1.2, 1.2)
CHECKS_HEADER = ("序号", "公开承诺", "督导情况", "说明")
CHECKS_WIDTHS = (0.6, 3.0, 1.1, 2.2)
#: What stands in the place of the number until it is given.
DRAFT_NUMBER = "（草稿，尚未编号）"
NOTHING_FOUND = "本季度督导未发现需要整改的问题，请继续保持。"


def outline_notice(notice: FeedbackNotice) -> LetterOutline:
    """Arrange a notice for the page: as it was frozen, or a draft as it would be issued now."""
    told, day = notice.told, notice.issued_on
    body = IssuingBody.on(timezone.localdate())
    issuer = single_line(notice.issuer or body.name)
    return LetterOutline(
        issuer=single_line(notice.head or notice.issuer or body.head_words),
        number=notice.number or DRAFT_NUMBER,
        title=_title(notice),
        addressee=f"{'、'.join(map(single_line, told.organizations))}：",
        opening=(*_corrections(notice), *paragraphs(notice.opening), _subject(told)),
        items=tuple(_numbered(told)),
        closing=(*paragraphs(notice.closing), "特此通报。"),
        signature=(issuer, chinese_date(day)),
        copied_to=single_line(told.unit),
    )


def _title(notice: FeedbackNotice) -> str:
    kind = f"补充通报（第{notice.supplement}号）" if notice.supplement else "反馈通报"
    correction = "（更正）" if notice.corrects_id else ""
    return f"{_quarter(notice.told)}基层党建创新项目督导情况{kind}{correction}"


def _corrections(notice: FeedbackNotice) -> Iterator[str]:
    if notice.corrects:
        yield (
            f"{notice.corrects.number}有误，现予更正。更正理由：{single_line(notice.correction)}"
            "内容以本通报为准。"
        )
    if later := notice.corrected_by:
        yield f"（本通报已由{later.number}更正，内容以更正后的通报为准。）"


def _quarter(told: Content) -> str:
    return f"{told.year}年{quarter_name(told.quarter)}"


def _subject(told: Content) -> str:
    code = f"（项目编号：{told.code}）" if told.code else ""
    return f"现将你单位《{single_line(told.title)}》{code}{_quarter(told)}督导情况反馈如下："


def _numbered(told: Content) -> Iterator[Item]:
    """Yield the parts that have something to say; the findings always stand there, with their number."""
    parts = [_held(told)]
    if told.checked:
        parts.append(_checked(told))
    parts.append(_findings(told))
    if told.good_practice:
        lines = [line for text in told.good_practice for line in paragraphs(text)]
        parts.append(Item("好的做法。", lines[0], more=tuple(lines[1:])))
    for place, part in enumerate(parts, start=1):
        yield Item(
            f"{ordinal(place)}、{part.heading}",
            part.text,
            part.table,
            part.widths,
            part.left,
            part.more,
        )


def _held(told: Content) -> Item:
    said = [
        f"{chinese_date(visit.held_on)}开展{ActivityKind(visit.kind).label}。{line}"
        if not at
        else line
        for visit in told.held
        for at, line in enumerate(paragraphs(visit.summary) or ("",))
    ]
    return Item("督导开展情况。", said[0] if said else "", more=tuple(said[1:]))


def _checked(told: Content) -> Item:
    rows = tuple(
        (
            str(check.number),
            single_line(check.goal),
            str(Found(check.found).label),
            single_line(check.remark),
        )
        for check in told.checked
    )
    return Item(
        "公开承诺推进情况。",
        f"共核对公开承诺{len(rows)}项，情况如下：",
        (CHECKS_HEADER, *rows),
        CHECKS_WIDTHS,
        (1, 3),
    )


def _findings(told: Content) -> Item:
    heading = "发现的问题和整改要求。"
    if not told.findings:
        return Item(heading, NOTHING_FOUND)
    rows = tuple(
        (
            str(place),
            single_line(one.finding),
            single_line(one.requirement),
            chinese_date(one.deadline) if one.is_asked_for else "—",
            then_words(one) or "待整改",
        )
        for place, one in enumerate(told.findings, start=1)
    )
    return Item(heading, _asked(told), (FINDINGS_HEADER, *rows), FINDINGS_WIDTHS, (1, 2))


def _asked(told: Content) -> str:
    """Say how many findings there are and where they stand, and ask for what is still open."""
    count, left = len(told.findings), len(told.asked_for)
    if left == count:
        return f"共{count}个问题，请逐项整改并在期限内报告："
    closed = sum(one.state == RectificationState.VERIFIED for one in told.findings)
    parts = ((left, "待整改"), (count - left - closed, "已报告待核查"), (closed, "已整改销号"))
    stands = "、".join(f"{words}{number}个" for number, words in parts if number)
    day = f"截至{chinese_date(told.day)}，" if told.day else ""
    asks = f"请对待整改的{left}个问题逐项整改并在期限内报告：" if left else "请巩固整改成效："
    return f"共{count}个问题，{day}{stands}。{asks}"


EDITIONS: dict[str, Callable[[FeedbackNotice], bytes]] = {
    Kind.PDF.value: lambda notice: letter_pdf(outline_notice(notice), notice.issued_on),
    Kind.DOCX.value: lambda notice: letter_docx(outline_notice(notice)),
}


def notice_response(notice: FeedbackNotice, edition: str) -> HttpResponse:
    """Return a notice as a download, `edition` being "pdf" or "docx"."""
    told = notice.told
    name = f"{notice.number or '草稿'} {told.code} {_quarter(told)}反馈通报"
    return paper_response(EDITIONS[edition](notice), name, edition)
