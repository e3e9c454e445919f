"""Map a case file to its official papers: the application form (项目申报表) and the result letter."""

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from partybuilding.core.documents.data import (
    ApplicationForm,
    DutyRow,
    PartnerRow,
    PlanRow,
    ResultLetter,
    ReviewRow,
)
from partybuilding.core.documents.pdf import application_form_pdf, result_letter_pdf
from partybuilding.core.documents.word import application_form_docx, result_letter_docx
from partybuilding.core.models import Purpose, TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.core.uploads import Kind
from partybuilding.core.uploads.kinds import CONTENT_TYPES
from partybuilding.core.uploads.names import display_name
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.states import CHOSEN, UNDECIDED, Duty, Ground, ProjectState

UNIT_STAGE, DEPARTMENT_STAGE = "归口单位初审意见", "组织部立项意见"
VERDICTS = {
    "pass_first": "同意推荐",
    "not_recommend": "不予推荐",
    "approve": "同意立项",
    "decline": "不予立项",
}
#: What each step undoes of them. A reopened project keeps its approval.
UNDOING = {
    "take_back": ("pass_first", "not_recommend"),
    "revoke_approval": ("approve",),
    "reopen": ("decline",),
}
#: While the application lies with its applicant, what can be printed is a draft.
UNFINISHED = (ProjectState.DRAFT, ProjectState.RETURNED)
DEPARTMENT_NAME = "区委组织部"


def application_form(project: Project, reviews: Iterable[TransitionRecord] = ()) -> ApplicationForm:
    """Fill the application form from a project.

    Args:
        reviews: the trail's rows of the reviews, for staff only (see `reviews_of`); without them the
            cells of the reviews stay blank, because opinions never leave the staff side.
    """
    lead = project.organization
    return ApplicationForm(
        cycle_year=project.cycle.year,
        title=project.title,
        lead_organization=lead.name,
        code=project.code or "" if project.state in CHOSEN else "",
        receipt_number=project.code or "",
        sector_label=project.get_sector_display(),
        topic=project.topic.title if project.topic else "",
        reporting_unit=lead.unit.name if lead.unit else "",
        partners=tuple(map(_partner, project.partners.all())),
        secretary_name=lead.secretary_name,
        secretary_post=lead.secretary_post,
        contact_name=project.contact_name,
        contact_phone=project.contact_phone,
        problem=project.problem,
        distinctiveness=project.distinctiveness,
        highlights=project.highlights,
        overview=project.overview,
        plan=_plan(project),
        attachments=tuple(
            file.name for file in project.attachments.all() if file.purpose == Purpose.APPLICATION
        ),
        submitted_at=None if project.state in UNFINISHED else project.submitted_at,
        reviews=tuple(_review(project, entry) for entry in reviews),
    )


def _partner(partner: Partner) -> PartnerRow:
    agreed = partner.answered_at if partner.has_agreed else None
    return PartnerRow(
        name=partner.organization.name, agreed_on=timezone.localdate(agreed) if agreed else None
    )


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
    """Return the row with which each reviewing body last gave its opinion, unless it was undone."""
    last: dict[bool, TransitionRecord] = {}
    for entry in trail_of(project).filter(step__in=(*VERDICTS, *UNDOING)):
        if entry.step in VERDICTS:
            last[_by_department(entry)] = entry
        else:
            last = {body: row for body, row in last.items() if row.step not in UNDOING[entry.step]}
    return [last[body] for body in sorted(last)]


def _by_department(entry: TransitionRecord) -> bool:
    return entry.from_state in UNDECIDED


def _review(project: Project, entry: TransitionRecord) -> ReviewRow:
    opinion = "\n".join(part for part in ("；".join(grounds_of(entry)), entry.reason) if part)
    return ReviewRow(
        stage=DEPARTMENT_STAGE if _by_department(entry) else UNIT_STAGE,
        verdict=VERDICTS[entry.step],
        opinion=opinion,
        organization=_issuer(project, entry),
        date=timezone.localdate(entry.at),
    )


def grounds_of(entry: TransitionRecord) -> tuple[str, ...]:
    """Return the words of the grounds of a refusal; “other” is explained by its reason instead."""
    codes = entry.data.get("grounds") or []
    return tuple(str(Ground(code).label) for code in codes if code != Ground.OTHER)


def _issuer(project: Project, entry: TransitionRecord) -> str:
    unit = project.organization.unit
    if not _by_department(entry) and unit is not None:
        return unit.name
    held = Organization.objects.filter(memberships__role=Role.DEPARTMENT).order_by("code")
    return held.values_list("name", flat=True).first() or DEPARTMENT_NAME


def result_letter(project: Project, entry: TransitionRecord) -> ResultLetter:
    """Fill the letter that tells the result from the row of the decision (selectors.decided_with).

    The opinion of an approval stays on the staff side; the reason of a refusal is told.
    """
    approved = entry.step == "approve"
    unit = project.organization.unit
    by_department = _by_department(entry)
    return ResultLetter(
        approved=approved,
        addressee=project.organization.name,
        partners=tuple(partner.organization.name for partner in project.partners.all()),
        project_title=project.title,
        cycle_year=project.cycle.year,
        issuer=_issuer(project, entry),
        date=timezone.localdate(entry.at),
        copied_to=unit.name if unit and by_department else "",
        project_code=project.code or "",
        grounds=() if approved else grounds_of(entry),
        reason="" if approved else entry.reason,
        four_ones=_four_ones(project, entry) if approved else (),
    )


def _four_ones(project: Project, entry: TransitionRecord) -> tuple[DutyRow, ...]:
    """Name those who held the four ones on the day of the decision."""
    day = timezone.localdate(entry.at)
    held = {post.duty: post for post in project.four_ones.all() if post.holds_on(day)}
    return tuple(
        DutyRow(duty=str(Duty(code).label), name=held[code].name, post=held[code].post)
        for code in Duty.values
        if code in held
    )


FORM_EDITIONS: dict[str, Callable[[ApplicationForm], bytes]] = {
    Kind.PDF.value: application_form_pdf,
    Kind.DOCX.value: application_form_docx,
}
LETTER_EDITIONS: dict[str, Callable[[ResultLetter], bytes]] = {
    Kind.PDF.value: result_letter_pdf,
    Kind.DOCX.value: result_letter_docx,
}


def form_response(
    project: Project, edition: str, reviews: Iterable[TransitionRecord] = ()
) -> HttpResponse:
    """Return the application form as a download, `edition` being "pdf" or "docx".

    Raises:
        MissingCharacters: a PDF whose characters no font of this machine has.
    """
    content = FORM_EDITIONS[edition](application_form(project, reviews))
    return paper_response(content, f"{_file_name(project)}项目申报表", edition)


def letter_response(project: Project, entry: TransitionRecord, edition: str) -> HttpResponse:
    """Return the result letter as a download, `edition` being "pdf" or "docx".

    Raises:
        MissingCharacters: a PDF whose characters no font of this machine has.
    """
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
