"""The letter that explains a result to those who carried the project out (评审结果说明函).

It tells their own points, grade and award, and what others' points allow to say without giving one away.
"""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils import timezone

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.data import (
    chinese_date,
    paragraphs,
    single_line,
)
from partybuilding.core.papers.letters import LetterOutline, Table, letter_of
from partybuilding.core.papers.typesetting import letter_pdf, letters_pdf
from partybuilding.core.papers.word import letter_docx
from partybuilding.core.selectors import last_move
from partybuilding.core.texts import Value
from partybuilding.core.words.actors import said
from partybuilding.cycles.sheet import in_wan
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.explained import Explained, PartTold, Told
from partybuilding.evaluation.shown import rounded
from partybuilding.evaluation.states import RunState, ScorePart
from partybuilding.evaluation.wording import EXPLANATION, HEADER, WIDTHS
from partybuilding.evaluation.year_rules import METHODS_EXPLAINED
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.documents import paper_response
from partybuilding.texts.selectors import body_kept

TITLE = "[[programme]]评审结果说明函"
OVERRIDDEN = (
    "该等次与按综合得分排序对应的等次不同，由[[department]]研究确定，理由可以书面申请查询。"
)
QUARTERS = ("前25%", "25%—50%", "50%—75%", "后25%")
TOO_FEW = "不分档"
UNGRADED = "未评等次"


def outline_of(told: Told, run: Run, body: IssuingBody, text: str) -> LetterOutline:
    """Arrange the letter on one project for the page.

    Args:
        text: the words it is written in.
    """
    return letter_of(
        EXPLANATION.fill(text, _values(told, run, body)),
        issuer=single_line(body.head_words),
        number="",
        addressees=map(single_line, told.line.project.told.organizations),
        signature=(single_line(body.name), chinese_date(day_of(run))),
    )


def text_of(run: Run) -> str:
    """Return the words of a run's letters: those kept when it came to stand where it stands."""
    return body_kept(EXPLANATION, last_move(run, run.state))


def day_of(run: Run) -> date:
    """Return the day of a run's papers: on which it came to stand where it stands."""
    return timezone.localdate(run.state_since)


def _values(told: Told, run: Run, body: IssuingBody) -> dict[str, Value]:
    project = told.line.project
    code = single_line(project.code or "")
    rows = [_row(part) for part in told.parts]
    rows += [(str(ScorePart(part).label), "—", "—", "—", "—") for part in told.missing]
    return {
        "称呼": "你们联合" if len(project.told.organizations) > 1 else "你单位",
        "年度": str(run.cycle.year),
        "项目名称": single_line(project.title),
        "项目编号": code,
        "编号括注": f"（项目编号：{code}）" if code else "",
        "公布情况": "已公布" if run.state == RunState.ANNOUNCED else "正在公示",
        "等次和奖励": _grade(told),
        "综合得分": rounded(told.line.composite),
        "缺项说明": _missing(told),
        "得分表": Table((HEADER, *rows), WIDTHS, (0,)),
        "差距": _further(told),
        "评审组意见": "\n".join(paragraphs(told.remark or "")),
        "计分办法": _method(run),
        "异议和查询": _objecting(run, body),
    }


def _missing(told: Told) -> str:
    names = "、".join(str(ScorePart(part).label) for part in told.missing)
    return f"其中{names}因故未评，其权重由其他各项按比例分担。" if names else ""


def _row(part: PartTold) -> tuple[str, ...]:
    return (
        str(ScorePart(part.part).label),
        f"{part.weight}%",
        rounded(part.raw),
        rounded(part.counted),
        TOO_FEW if part.quarter is None else QUARTERS[part.quarter],
    )


def _method(run: Run) -> str:
    rules = run.inputs["rules"]
    spread = "加权前各项换算为同一离散程度。" if rules["standardise"] else ""
    method = str(METHODS_EXPLAINED[rules["method"]])
    return (
        f"原始得分为各方评分的平均分，计入得分为校正后用于加权的得分。专家评分：{method}{spread}"
        "小数按四舍五入保留两位，排序以未经舍入的得分为准。"
    )


def _grade(told: Told) -> str:
    line = told.line
    if line.grade is None:
        text = f"{UNGRADED}。"
    else:
        joint = "，由联合实施单位共享" if len(line.project.told.organizations) > 1 else ""
        text = (
            f"评定为{line.grade}，年度考核加{_plain(line.bonus)}分，"
            f"奖补资金{in_wan(line.yuan)}万元{joint}。"
        )
    if line.override:
        text += said(OVERRIDDEN)
    return text


def _plain(points: str) -> str:
    return points.rstrip("0").rstrip(".") if "." in points else points


def _further(told: Told) -> str:
    """Say how far the next grade is and where most was lost; nothing where neither can be told."""
    found = []
    if told.above is not None and told.distance is not None:
        found.append(
            f"综合得分与{told.above}最后一项的差距在{_plain(rounded(told.distance, 1))}分以内。"
        )
    elif told.above is not None and told.line.override is None:
        found.append(f"{told.above}项目较少，为保护其得分，不列差距。")
    if told.lost:
        label = ScorePart(told.lost).label
        found.append(f"与前25%的项目相比，按权重计算失分最多的是“{label}”。")
    return "".join(found)


def _objecting(run: Run, body: IssuingBody) -> str:
    first, last = run.notice_opens_on, run.notice_ends_on
    days = run.cycle.evaluation.objection_days
    period = f"{chinese_date(first)}至{chinese_date(last)}"
    name = single_line(body.name)
    if run.state == RunState.ANNOUNCED:
        return (
            f"结果已于{period}公示。对本函内容有疑问的，可以书面或者当面向{name}提出，写明项目、理由和联系方式，"
            "也可以申请不含名称的复核文件自行验算。评审专家姓名不予提供。"
        )
    return (
        f"公示期为{period}。对结果有异议的，请在公示期内通过网站“评审结果”栏目或者书面向{name}实名提出，"
        f"写明理由和联系方式；{name}在{days}个工作日内答复。异议未答复前，结果不予公布。"
        "评审专家姓名不予提供。"
    )


def _body(run: Run) -> IssuingBody:
    return IssuingBody.on(day_of(run))


EDITIONS: dict[str, Callable[[LetterOutline, date], bytes]] = {
    Kind.PDF.value: letter_pdf,
    Kind.DOCX.value: lambda outline, _day: letter_docx(outline),
}


def letters_of(run: Run) -> list[LetterOutline]:
    """Arrange the letters on all projects of a run, by number."""
    body, text = _body(run), text_of(run)
    return [outline_of(told, run, body, text) for told in Explained(run).all()]


def letters_response(run: Run) -> HttpResponse:
    """Return the letters on all projects of a run in one PDF."""
    content = letters_pdf(letters_of(run), day_of(run))
    return paper_response(content, f"{run.cycle.year}年度{said(TITLE)}（全部）", Kind.PDF.value)


def letter_response(told: Told, run: Run, edition: str) -> HttpResponse:
    """Return the letter on one project, `edition` being "pdf" or "docx"."""
    project = told.line.project
    content = EDITIONS[edition](outline_of(told, run, _body(run), text_of(run)), day_of(run))
    name = " ".join(part for part in (project.code or "", f"《{project}》") if part)
    return paper_response(content, f"{name}评审结果说明函", edition)
