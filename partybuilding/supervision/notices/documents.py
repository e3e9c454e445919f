"""A feedback notice as an official paper: number, addressee, what was checked, the table of findings, signature."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.utils import timezone

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.data import (
    chinese_date,
    paragraphs,
    single_line,
)
from partybuilding.core.papers.letters import LetterOutline, Table, letter_of
from partybuilding.core.papers.typesetting import letter_pdf
from partybuilding.core.papers.word import letter_docx
from partybuilding.core.selectors import last_entry
from partybuilding.core.texts import Value
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.documents import paper_response
from partybuilding.supervision.notices.assembly import Content
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import then_words
from partybuilding.supervision.notices.wording import (
    CHECKS_HEADER,
    CHECKS_WIDTHS,
    FEEDBACK,
    FINDINGS_HEADER,
    FINDINGS_WIDTHS,
)
from partybuilding.supervision.states import ActivityKind, Found, RectificationState
from partybuilding.supervision.wording import quarter_name
from partybuilding.texts.selectors import body_kept

#: What stands in the place of the number until it is given.
DRAFT_NUMBER = "（草稿，尚未编号）"
NOTHING_FOUND = "本季度督导未发现需要整改的问题，请继续保持。"


def outline_notice(notice: FeedbackNotice, *, text: str = "") -> LetterOutline:
    """Arrange a notice for the page: as it was frozen, or a draft as it would be issued now.

    Args:
        text: words to see it in; without any, those in which it was issued.
    """
    body = IssuingBody.on(timezone.localdate())
    issued = last_entry(notice, "issue")
    return letter_of(
        FEEDBACK.fill(text or body_kept(FEEDBACK, issued), _values(notice)),
        issuer=single_line(notice.head or notice.issuer or body.head_words),
        number=notice.number or DRAFT_NUMBER,
        addressees=map(single_line, notice.told.organizations),
        signature=(single_line(notice.issuer or body.name), chinese_date(notice.issued_on)),
        copied_to=single_line(notice.told.unit),
    )


def _values(notice: FeedbackNotice) -> dict[str, Value]:
    told = notice.told
    return {
        "季度": _quarter_of(told),
        "通报名称": _kind(notice),
        "更正说明": "\n".join(_corrections(notice)),
        "开头语": "\n".join(paragraphs(notice.opening)),
        "项目名称": single_line(told.title),
        "编号括注": f"（项目编号：{told.code}）" if told.code else "",
        "督导开展情况": "\n".join(_held(told)),
        "承诺说明": f"共核对公开承诺{len(told.checked)}项，情况如下：" if told.checked else "",
        "承诺表": _checked(told) if told.checked else "",
        "问题说明": _asked(told) if told.findings else NOTHING_FOUND,
        "问题表": _findings(told) if told.findings else "",
        "好的做法": "\n".join(line for words in told.good_practice for line in paragraphs(words)),
        "结束语": "\n".join(paragraphs(notice.closing)),
    }


def _quarter_of(told: Content) -> str:
    return f"{told.year}年{quarter_name(told.quarter)}"


def _kind(notice: FeedbackNotice) -> str:
    kind = f"补充通报（第{notice.supplement}号）" if notice.supplement else "反馈通报"
    return f"{kind}{'（更正）' if notice.corrects_id else ''}"


def _corrections(notice: FeedbackNotice) -> Iterator[str]:
    if notice.corrects:
        yield (
            f"{notice.corrects.number}有误，现予更正。更正理由：{single_line(notice.correction)}"
            "内容以本通报为准。"
        )
    if later := notice.corrected_by:
        yield f"（本通报已由{later.number}更正，内容以更正后的通报为准。）"


def _held(told: Content) -> Iterator[str]:
    for visit in told.held:
        day = f"{chinese_date(visit.held_on)}开展{ActivityKind(visit.kind).label}。"
        for at, line in enumerate(paragraphs(visit.summary) or ("",)):
            yield line if at else f"{day}{line}"


def _checked(told: Content) -> Table:
    rows = (
        (
            str(check.number),
            single_line(check.goal),
            str(Found(check.found).label),
            single_line(check.remark),
        )
        for check in told.checked
    )
    return Table((CHECKS_HEADER, *rows), CHECKS_WIDTHS, (1, 3))


def _findings(told: Content) -> Table:
    rows = (
        (
            str(place),
            single_line(one.finding),
            single_line(one.requirement),
            chinese_date(one.deadline) if one.is_asked_for else "—",
            then_words(one) or "待整改",
        )
        for place, one in enumerate(told.findings, start=1)
    )
    return Table((FINDINGS_HEADER, *rows), FINDINGS_WIDTHS, (1, 2))


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
    name = f"{notice.number or '草稿'} {told.code} {_quarter_of(told)}反馈通报"
    return paper_response(EDITIONS[edition](notice), name, edition)
