"""The letter that tells a result: the words with which approval and refusal are delivered, and what fills them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.data import (
    ResultLetter,
    chinese_date,
    paragraphs,
    single_line,
)
from partybuilding.core.papers.letters import LetterOutline, Points, Table, letter_of
from partybuilding.core.texts import Placeholder, Value, Wording
from partybuilding.core.words.actors import said

DUTY_HEADER = ("职责", "姓名", "职务")
SAMPLE_DUTIES = (
    DUTY_HEADER,
    ("联系领导", "陈某某", "副局长"),
    ("牵头人", "张某某", "主任"),
    ("联系人", "刘某", "科长"),
    ("工作队伍", "驿站工作队", "骨干十二人"),
)
NAMED = "做到设岗、定人、定责、定时，人员名单如下："
NOT_NAMED = (
    "请尽快明确[[leader]]、牵头[[secretary]]、[[liaison]]和工作队伍，做到设岗、定人、定责、定时。"
)
GROUNDS_FOLLOW = "主要理由如下："

PROJECT = (
    Placeholder("称呼", _("“你单位”; of a joint application “你们联合”"), "你单位"),
    Placeholder("年度", _("The programme year"), "2026"),
    Placeholder("项目名称", _("The project's title"), "邻里驿站连心桥", required=True),
    Placeholder("项目编号", _("The project's number"), "2026-034"),
    Placeholder(
        "编号括注", _("The number with its brackets and name"), "（项目编号：2026-034）"
    ),
)  # fmt: skip

APPROVAL = Wording(
    "approval-letter",
    (
        *PROJECT,
        Placeholder("人员要求", _("What is asked, as people are named or not"), NAMED),
        Placeholder("人员名单", _("The table of the four ones"), Table(SAMPLE_DUTIES), alone=True),
    ),
    """[[programme]]立项通知书
{{称呼}}申报的{{年度}}年度[[programme]]《{{项目名称}}》{{编号括注}}收悉。经审核，决定予以立项。现将有关事项通知如下：
一、落实“[[team]]”推进机制。{{人员要求}}
{{人员名单}}
二、做好公开承诺。请围绕实施步骤、目标任务、完成时限和具体责任，逐项形成公开承诺，按程序审核后向社会公开，接受群众监督。
三、抓好组织实施。[[organization]][[secretary]]是项目第一责任人。请按承诺抓好推进，及时报送进展和成效，按季度接受调度、督导，对反馈问题限期整改。
特此通知。""",
)

REFUSAL = Wording(
    "refusal-letter",
    (
        *PROJECT,
        Placeholder("理由引语", _("Leads to the grounds, where there are any"), GROUNDS_FOLLOW),
        Placeholder(
            "理由",
            _("The grounds, numbered where there are several"),
            Points(("特色不鲜明", "方案不完善")),
            required=True,
            alone=True,
        ),
        Placeholder(
            "具体意见", _("The reason in words, where one is given"), "缺少时限。", required=True
        ),
    ),
    """[[programme]]不予立项告知书
{{称呼}}申报的{{年度}}年度[[programme]]《{{项目名称}}》{{编号括注}}收悉。经研究，决定不予立项。{{理由引语}}
{{理由}}
具体意见：{{具体意见}}
请进一步完善项目方案，可在以后年度继续申报。
特此告知。""",
)


def outline_letter(letter: ResultLetter) -> LetterOutline:
    """Arrange a letter for the page."""
    wording = APPROVAL if letter.approved else REFUSAL
    return letter_of(
        wording.fill(letter.text, values_of(letter)),
        issuer=single_line(letter.head or letter.issuer),
        number=single_line(letter.number),
        addressees=map(single_line, (letter.addressee, *letter.partners)),
        signature=(single_line(letter.issuer), chinese_date(letter.date)),
        copied_to=single_line(letter.copied_to),
    )


def values_of(letter: ResultLetter) -> dict[str, Value]:
    """Return what the placeholders of a letter stand for."""
    code = single_line(letter.project_code)
    common: dict[str, Value] = {
        "称呼": "你们联合" if letter.partners else "你单位",
        "年度": str(letter.cycle_year),
        "项目名称": single_line(letter.project_title),
        "项目编号": code,
        "编号括注": f"（项目编号：{code}）" if code else "",
    }
    return common | (_approval(letter) if letter.approved else _refusal(letter))


def _approval(letter: ResultLetter) -> dict[str, Value]:
    people = tuple(
        (single_line(row.duty), single_line(row.name), single_line(row.post))
        for row in letter.four_ones
    )
    return {
        "人员要求": NAMED if people else said(NOT_NAMED),
        "人员名单": Table((DUTY_HEADER, *people)) if people else "",
    }


def _refusal(letter: ResultLetter) -> dict[str, Value]:
    grounds = tuple(map(single_line, letter.grounds))
    return {
        "理由引语": GROUNDS_FOLLOW if grounds else "",
        "理由": Points(grounds) if grounds else "",
        "具体意见": "\n".join(paragraphs(letter.reason)),
    }
