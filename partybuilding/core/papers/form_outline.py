"""The wording and order of the application form and of the report of the results, for PDF and Word alike."""

from __future__ import annotations

from dataclasses import dataclass

from partybuilding.core.papers.data import (
    BLANK_DATE,
    Answer,
    ApplicationForm,
    PlanRow,
    PromiseRow,
    ResultsReport,
    ReviewRow,
    chinese_date,
    local_date,
    paragraphs,
    single_line,
    stacked,
)
from partybuilding.core.words.actors import Actor, name_of, said

DRAFT_MARK = "草稿"
PLAN_LABEL = "实施步骤"
PLAN_HEADER = ("序号", "实施步骤", "目标任务", "完成时限", "责任人", "职务")
EMPTY_PLAN_ROWS = 3
PROMISES_HEADER = ("序号", "公开承诺", "未完成原因", "完成时限", "责任人", "落实情况")
SEAL = "（盖章）"


@dataclass(frozen=True)
class Entry:
    """A label, on one or two lines, and its short value."""

    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """A label and its long text, one string a paragraph, or a table whose first row is its head."""

    label: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SignedCell:
    """A cell that a body fills in and seals; `signature` are its last lines, at the right."""

    label: str
    verdict: str
    paragraphs: tuple[str, ...]
    signature: tuple[str, ...]


@dataclass(frozen=True)
class FormOutline:
    """The whole form in the order of its pages."""

    title: str
    draft: bool
    marks: tuple[Entry, ...]
    rows: tuple[tuple[Entry, ...], ...]
    sections: tuple[Section, ...]
    plan_label: str
    plan_header: tuple[str, ...]
    plan_rows: tuple[tuple[str, ...], ...]
    attachments: Section | None
    signed: tuple[SignedCell, ...]


def outline_form(form: ApplicationForm) -> FormOutline:
    """Arrange a form for the page."""
    return FormOutline(
        title=single_line(f"{form.cycle_year}年度{name_of(Actor.PROGRAMME)}申报表"),
        draft=form.submitted_at is None,
        marks=_marks(form, "申报日期"),
        rows=_rows(form.answers),
        sections=tuple(map(_section, form.texts)),
        plan_label=PLAN_LABEL,
        plan_header=PLAN_HEADER,
        plan_rows=_plan(form.plan),
        attachments=Section("附件材料", _numbered(form.attachments)),
        signed=(
            _statement(form, "本单位对所填内容的真实性负责，同意申报。"),
            *_partners(form),
            *map(_review, _with_expected_stages(form)),
        ),
    )


def outline_results(report: ResultsReport) -> FormOutline:
    """Arrange a report of the results for the page."""
    return FormOutline(
        title=single_line(f"{report.cycle_year}年度{name_of(Actor.PROGRAMME)}成果报告表"),
        draft=report.submitted_at is None,
        marks=_marks(report, "提交日期"),
        rows=_rows(report.answers),
        sections=tuple(map(_section, report.texts)),
        plan_label="承诺落实情况",
        plan_header=PROMISES_HEADER,
        plan_rows=tuple(map(_promise_row, report.promises)),
        attachments=None,
        signed=(_statement(report, "本单位对所报成果的真实性负责。"),),
    )


def _promise_row(row: PromiseRow) -> tuple[str, ...]:
    return (
        str(row.number),
        single_line(row.goal),
        single_line(row.explanation) or "—",
        chinese_date(row.deadline) if row.deadline else "",
        single_line(row.person),
        single_line(row.standing),
    )


def _marks(form: ApplicationForm | ResultsReport, dated: str) -> tuple[Entry, ...]:
    day = local_date(form.submitted_at)
    return (
        Entry("项目编号", single_line(form.code)),
        Entry(dated, chinese_date(day) if day else ""),
    )


def _section(text: Answer) -> Section:
    table = tuple(tuple(map(single_line, row)) for row in text.table)
    return Section(stacked(text.label), () if table else paragraphs(text.value), table)


def _rows(answers: tuple[Answer, ...]) -> tuple[tuple[Entry, ...], ...]:
    """Set short answers in pairs; a wide one has a row to itself."""
    rows: list[tuple[Entry, ...]] = []
    has_room = False
    for answer in answers:
        entry = Entry(stacked(answer.label), single_line(answer.value))
        if has_room and not answer.wide:
            rows[-1] += (entry,)
            has_room = False
        else:
            rows.append((entry,))
            has_room = not answer.wide
    return tuple(rows)


def _plan(plan: tuple[PlanRow, ...]) -> tuple[tuple[str, ...], ...]:
    if not plan:
        return (("",) * len(PLAN_HEADER),) * EMPTY_PLAN_ROWS
    return tuple(map(_plan_row, plan))


def _plan_row(row: PlanRow) -> tuple[str, ...]:
    deadline = chinese_date(row.deadline) if row.deadline else ""
    return (
        str(row.number),
        single_line(row.task),
        single_line(row.goal),
        deadline,
        single_line(row.person),
        single_line(row.post),
    )


def _numbered(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{number}. {single_line(name)}" for number, name in enumerate(names, start=1))


def _statement(form: ApplicationForm | ResultsReport, words: str) -> SignedCell:
    day = local_date(form.submitted_at)
    return SignedCell(
        label=stacked("申报单位意见"),
        verdict="",
        paragraphs=(words,),
        signature=(
            said("[[organization]][[secretary]]（签字）：　　　　　　"),
            SEAL,
            chinese_date(day),
        ),
    )


def _partners(form: ApplicationForm) -> tuple[SignedCell, ...]:
    """Give each partner its cell, with the place for its seal."""
    return tuple(
        SignedCell(
            label=stacked("联合申报单位意见"),
            verdict="",
            paragraphs=("本单位同意参加联合实施，按申报内容承担相应任务。",),
            signature=(f"{single_line(partner.name)}{SEAL}", chinese_date(partner.agreed_on)),
        )
        for partner in form.partners
    )


def _with_expected_stages(form: ApplicationForm) -> tuple[ReviewRow, ...]:
    """Keep a blank cell for each review that is still to come."""
    given = {review.stage for review in form.reviews}
    return form.reviews + tuple(
        ReviewRow(stage=stage) for stage in form.stages if stage not in given
    )


def _review(review: ReviewRow) -> SignedCell:
    return SignedCell(
        label=stacked(single_line(review.stage)),
        verdict=single_line(review.verdict),
        paragraphs=paragraphs(review.opinion),
        signature=(
            f"{single_line(review.organization)}{SEAL}",
            chinese_date(review.date) if review.date else BLANK_DATE,
        ),
    )
