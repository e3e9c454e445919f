"""Map a case file to its official papers: application form (项目申报表), result letter, report of the results."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from partybuilding.core.files.uploads import Kind
from partybuilding.core.files.uploads.names import CONTENT_TYPES, display_name
from partybuilding.core.models import Purpose, TransitionRecord
from partybuilding.core.papers.data import (
    Answer,
    ApplicationForm,
    DutyRow,
    PartnerRow,
    PlanRow,
    PromiseRow,
    ResultLetter,
    ResultsReport,
    ReviewRow,
)
from partybuilding.core.papers.result_letters import APPROVAL, REFUSAL
from partybuilding.core.papers.typesetting import (
    application_form_pdf,
    result_letter_pdf,
    results_report_pdf,
)
from partybuilding.core.papers.word import (
    application_form_docx,
    result_letter_docx,
    results_report_docx,
)
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.sheets import Field
from partybuilding.core.words.actors import said
from partybuilding.projects.models import Project
from partybuilding.projects.models.frozen import UNFINISHED
from partybuilding.projects.promises.cards import explanation_of, state_words
from partybuilding.projects.states import DUTIES, GROUNDS, RESULTS_IN, UNDECIDED, Ground
from partybuilding.texts.selectors import body_at

UNIT_STAGE, DEPARTMENT_STAGE = "[[unit]]初审意见", "[[department]]立项意见"
#: The verdicts that their applicants are told; whatever else a unit says is the department's to weigh.
TOLD_STEPS = ("pass_first", "approve", "decline")
VERDICTS = {
    "pass_first": "同意推荐",
    "not_recommend": "不予推荐",
    "approve": "同意立项",
    "decline": "不予立项",
}


def application_form(project: Project, *, full: bool = False) -> ApplicationForm:
    """Fill the application form from a project, with what its reviews came to.

    Args:
        full: with the opinions as they were recorded, for the staff side. Without it the form says
            what the applicants were told: each verdict, and of a refusal what its letter says.
    """
    fields = [field for field in project.sheet.fields if not field.is_list]
    return ApplicationForm(
        cycle_year=project.cycle.year,
        code=project.code or "",
        answers=tuple(_answer(project, field) for field in fields if not field.is_long),
        texts=tuple(_answer(project, field) for field in fields if field.is_long),
        partners=_partners(project),
        plan=_plan(project),
        attachments=tuple(
            file.name for file in project.attachments.all() if file.purpose == Purpose.APPLICATION
        ),
        submitted_at=None if project.state in UNFINISHED else project.submitted_at,
        reviews=tuple(
            _review(project, entry, full)
            for entry in reviews_of(project)
            if full or entry.step in TOLD_STEPS
        ),
        stages=tuple(
            said(stage)
            for stage in (*([UNIT_STAGE] if project.cycle.first_review else []), DEPARTMENT_STAGE)
        ),
    )


def _answer(project: Project, field: Field) -> Answer:
    words, table = field.words(project), field.table(project)
    return Answer(str(field.label), words, field.wide, table)


def results_report(project: Project) -> ResultsReport:
    """Fill the report of the results from a project: the promises, the summary, what the year asks besides."""
    handed_in = last_entry(project, "submit_results") if project.state in RESULTS_IN else None
    asked = [_answer(project, field) for field in project.results.fields if not field.is_long]
    long = [_answer(project, field) for field in project.results.fields if field.is_long]
    told, today = project.told, timezone.localdate()
    return ResultsReport(
        cycle_year=project.cycle.year,
        code=project.code or "",
        answers=(
            Answer("项目名称", project.title, wide=True),
            Answer("申报单位", told.organization),
            Answer("项目领域", told.sector),
            *asked,
        ),
        texts=(Answer("成果总结", project.results_summary), *long),
        promises=tuple(
            PromiseRow(
                number=number,
                goal=item.goal,
                standing=state_words(item.promise, today),
                explanation=explanation_of(item),
                deadline=item.deadline,
                person=item.person,
            )
            for number, item in enumerate(project.commitments.prefetch_related("steps"), start=1)
        ),
        submitted_at=handed_in.at if handed_in else None,
    )


def _partners(project: Project) -> tuple[PartnerRow, ...]:
    """Return the partners under the names of the day, each with the day on which it agreed."""
    rows = zip(project.told.partners, project.partners.all(), strict=False)
    return tuple(PartnerRow(name=name, agreed_on=partner.agreed_on) for name, partner in rows)


def _plan(project: Project) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            number=number,
            task=step.task,
            goal=step.goal,
            deadline=step.deadline,
            person=step.person,
            post=step.post,
        )
        for number, step in enumerate(project.plan_steps.all(), start=1)
    )


def reviews_of(project: Project) -> list[TransitionRecord]:
    """Return the row with which each reviewing body passed, approved or declined, as far as it stands.

    What is with its applicant again has no reviews, and a verdict ends when the record is led back to
    where it was given: by a new submission, or because the decision was undone.
    """
    if project.state in UNFINISHED:
        return []
    last: dict[bool, TransitionRecord] = {}
    for entry in trail_of(project):
        moved_back = entry.to_state if not entry.is_note else ""
        last = {body: row for body, row in last.items() if row.from_state != moved_back}
        if entry.step in VERDICTS:
            last[_by_department(entry)] = entry
    return [last[body] for body in sorted(last)]


def _by_department(entry: TransitionRecord) -> bool:
    return entry.from_state in UNDECIDED


def _review(project: Project, entry: TransitionRecord, full: bool) -> ReviewRow:
    opinion = "\n".join(
        part for part in ("；".join(grounds_of(entry, project.cycle_id)), entry.reason) if part
    )
    is_told = full or entry.step == "decline"
    return ReviewRow(
        stage=said(DEPARTMENT_STAGE if _by_department(entry) else UNIT_STAGE),
        verdict=VERDICTS[entry.step],
        opinion=opinion if is_told else "",
        organization=_issuer(project, entry),
        date=timezone.localdate(entry.at),
    )


def grounds_of(entry: TransitionRecord, year: int) -> tuple[str, ...]:
    """Return the words of the grounds of a refusal; “other” is explained by its reason instead."""
    codes = entry.data.get("grounds") or []
    return tuple(GROUNDS.labels((code for code in codes if code != Ground.OTHER), year))


def _issuer(project: Project, entry: TransitionRecord) -> str:
    """Name who signs: the body that issued on the day, or the unit that gave its opinion."""
    told = project.told_at(entry.step)
    return told.issuer if _by_department(entry) else told.unit


def result_letter(project: Project, entry: TransitionRecord, *, text: str = "") -> ResultLetter:
    """Fill the letter that tells the result from the row of the decision (selectors.decided_with).

    The opinion of an approval stays on the staff side; the reason of a refusal is told.

    Args:
        text: words to see it in; without any, those in which it was issued.
    """
    approved = entry.step == "approve"
    told = project.told_at(entry.step)
    wording = APPROVAL if approved else REFUSAL
    return ResultLetter(
        approved=approved,
        addressee=told.organization,
        partners=told.partners,
        project_title=project.title,
        cycle_year=project.cycle.year,
        issuer=_issuer(project, entry),
        head=told.head,
        number=told.number,
        date=timezone.localdate(entry.at),
        copied_to=told.unit if _by_department(entry) else "",
        project_code=project.code or "",
        grounds=() if approved else grounds_of(entry, project.cycle_id),
        reason="" if approved else entry.reason,
        four_ones=_four_ones(project, entry) if approved else (),
        text=text or body_at(wording, told.text),
    )


def _four_ones(project: Project, entry: TransitionRecord) -> tuple[DutyRow, ...]:
    """Name those who held the four ones when it was decided."""
    return tuple(
        DutyRow(duty=DUTIES.label(code, project.cycle_id), name=name, post=post)
        for code, name, post in project.told_at(entry.step).four_ones
    )


FORM_EDITIONS: dict[str, Callable[[ApplicationForm], bytes]] = {
    Kind.PDF.value: application_form_pdf,
    Kind.DOCX.value: application_form_docx,
}
RESULTS_EDITIONS: dict[str, Callable[[ResultsReport], bytes]] = {
    Kind.PDF.value: results_report_pdf,
    Kind.DOCX.value: results_report_docx,
}
LETTER_EDITIONS: dict[str, Callable[[ResultLetter], bytes]] = {
    Kind.PDF.value: result_letter_pdf,
    Kind.DOCX.value: result_letter_docx,
}


def form_response(project: Project, edition: str, *, full: bool = False) -> HttpResponse:
    """Return the application form as a download, `edition` being "pdf" or "docx".

    Args:
        full: with the recorded opinions, as `application_form`.
    """
    content = FORM_EDITIONS[edition](application_form(project, full=full))
    return paper_response(content, f"{_file_name(project)}项目申报表", edition)


def results_response(project: Project, edition: str) -> HttpResponse:
    """Return the report of the results as a download, `edition` being "pdf" or "docx"."""
    content = RESULTS_EDITIONS[edition](results_report(project))
    return paper_response(content, f"{_file_name(project)}项目成果报告表", edition)


def letter_response(project: Project, entry: TransitionRecord, edition: str) -> HttpResponse:
    """Return the result letter as a download, `edition` being "pdf" or "docx"."""
    letter = result_letter(project, entry)
    content = LETTER_EDITIONS[edition](letter)
    name = "立项通知书" if letter.approved else "不予立项告知书"
    return paper_response(content, f"{_file_name(project)}{name}", edition)


def _file_name(project: Project) -> str:
    return " ".join(part for part in (project.code or "", f"《{project}》") if part)


def paper_response(content: bytes, name: str, edition: str) -> HttpResponse:
    """Return a paper as a file to be saved under its Chinese name (RFC 5987)."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[Kind(edition)])
    file_name = display_name(f"{name}.{edition}", edition)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
