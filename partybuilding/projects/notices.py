"""Who is told what after a step of a project."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.selectors import hearers_of, last_move
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.organizations.selectors import people_with
from partybuilding.projects import messages as words
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.states import GROUNDS, UNDECIDED, Consent, Duty
from partybuilding.texts.messages import notice_draft

#: Tells who hears of a step that was tried.
Writer = Callable[[Project, Attempt], Iterator[NoticeDraft]]


def notices_for(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and the applicant and unit what was decided."""
    write = _WRITERS.get(attempt.step)
    if write is not None:
        yield from write(project, attempt)


def _tell(
    wording: Wording,
    told: Iterable[Any],
    url: Callable[[Project], str],
    project: Project,
    **said: str,
) -> NoticeDraft:
    return notice_draft(wording, told, words.values_of(project, **said), url(project))


def _at(address: str) -> Callable[[Project], str]:
    return lambda _project: address


def applicants(project: Project) -> Iterable[Any]:
    """Return the applicants of the leading organisation and of the partners that agreed to take part."""
    joint = project.partners.filter(consent=Consent.AGREED).values_list("organization", flat=True)
    return people_with(Role.APPLICANT, [project.organization_id, *joint])


def unit_reviewers(project: Project) -> Iterable[Any]:
    """Return the reviewers of the unit through which the project reports."""
    return people_with(Role.UNIT, [project.organization.unit_id])


def portal_url(project: Project) -> str:
    """Return where its applicants see the project."""
    return reverse("portal:project", args=[project.pk])


def consent_url(project: Project) -> str:
    """Return where a partner's applicants read the application and answer."""
    return reverse("portal:consent", args=[project.pk])


def case_url(project: Project) -> str:
    """Return where staff see the case file."""
    return reverse("partybuilding:case", args=[project.pk])


def charge_url(post: Any, project: Project) -> str:
    """Return where the holder of one of the four ones sees the project: secretaries in the portal."""
    return portal_url(project) if post.duty == Duty.SECRETARY else case_url(project)


def reason_text(project: Project, attempt: Attempt) -> str:
    """Join grounds and reason into the text that the applicant reads."""
    grounds = "、".join(GROUNDS.labels(attempt.data.get("grounds", []), project.cycle_id))
    return "\n".join(part for part in (grounds, attempt.reason) if part)


def _submitted(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell who reviews next: the unit, or in a year without a first review the department."""
    if project.cycle.first_review:
        yield _tell(words.SUBMITTED_UNIT, unit_reviewers(project), case_url, project)
        yield _tell(words.SUBMITTED, applicants(project), portal_url, project)
    else:
        told = people_with(Role.DEPARTMENT)
        yield _tell(words.SUBMITTED_DEPARTMENT, told, case_url, project)
        yield _tell(words.SUBMITTED_UNREVIEWED, applicants(project), portal_url, project)


def _passed(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield _tell(words.PASSED_DEPARTMENT, people_with(Role.DEPARTMENT), case_url, project)
    yield _tell(words.PASSED, applicants(project), portal_url, project)


def _not_recommended(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell the department the opinion, and the applicants only that the decision is the department's."""
    told, reason = people_with(Role.DEPARTMENT), reason_text(project, attempt)
    yield _tell(words.NOT_RECOMMENDED_DEPARTMENT, told, case_url, project, reason=reason)
    yield _tell(words.NOT_RECOMMENDED, applicants(project), portal_url, project)


def _taken_up(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell the unit; nothing changes for the applicants."""
    told = unit_reviewers(project)
    yield _tell(words.TAKEN_UP, told, case_url, project, reason=attempt.reason)


def _approved(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield _tell(words.APPROVED, applicants(project), portal_url, project)
    yield _tell(words.APPROVED_UNIT, unit_reviewers(project), case_url, project)
    yield _tell(words.APPROVED_EDITORS, people_with(Role.EDITOR), case_url, project)


def _declined(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    reason = reason_text(project, attempt)
    yield _tell(words.DECLINED, applicants(project), portal_url, project, reason=reason)
    yield _tell(words.DECLINED, unit_reviewers(project), case_url, project, reason=reason)


def _withdrawn(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell who had it, once it was handed in, and who took part."""
    reason = attempt.reason
    if project.code:
        told = unit_reviewers(project)
        yield _tell(words.WITHDRAWN, told, case_url, project, reason=reason)
    if attempt.from_state in UNDECIDED:
        told = people_with(Role.DEPARTMENT)
        yield _tell(words.WITHDRAWN, told, case_url, project, reason=reason)
    joint = [one for one in applicants(project) if one != attempt.by]
    yield _tell(words.WITHDRAWN, joint, portal_url, project, reason=reason)


def _commitments_in(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield _tell(words.COMMITMENTS_IN, people_with(Role.EDITOR), case_url, project)


def _results_in(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield _tell(words.RESULTS_IN, people_with(Role.DEPARTMENT), case_url, project)


def _told_with_reason(wording: Wording) -> Writer:
    def write(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
        yield _tell(wording, applicants(project), portal_url, project, reason=attempt.reason)

    return write


def _terminated(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    for told, url in ((applicants(project), portal_url), (unit_reviewers(project), case_url)):
        yield _tell(words.TERMINATED, told, url, project, reason=attempt.reason)


def _undone(wording: Wording, *, told: bool = True) -> Writer:
    """Tell whoever was told of what is undone, and those who carry the project out.

    Args:
        told: whether the applicants read the reason; otherwise it is the staff's alone.
    """

    def write(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
        at_portal, at_desk = portal_url(project), case_url(project)
        undone = last_move(project, attempt.from_state)
        heard = hearers_of(undone) if undone else []
        people = {one.pk: (one, at_portal) for one in applicants(project)}
        people |= {one.pk: (one, at_desk) for one in _staff_of(project)}
        people |= {one.pk: (one, url) for one, url in heard if one.pk not in people}
        for address in dict.fromkeys(url for _one, url in people.values()):
            here = [one for one, url in people.values() if url == address and one != attempt.by]
            reason = attempt.reason if told or address != at_portal else ""
            yield _tell(wording, here, _at(address), project, reason=reason)

    return write


def _staff_of(project: Project) -> Iterable[Any]:
    """Return who has it on the desk now, on the staff side."""
    unit = project.organization.unit_id
    roles = set(project.state_row.holders) - {Role.APPLICANT, Role.EXPERT}
    return [
        one
        for role in Role
        if role in roles
        for one in people_with(role, [unit] if role == Role.UNIT else None)
    ]


def partner_asked(project: Project, partner: Partner) -> Iterator[NoticeDraft]:
    """Ask a partner's applicants whether it takes part."""
    told = people_with(Role.APPLICANT, [partner.organization_id])
    yield _tell(words.PARTNER_ASKED, told, consent_url, project)


def partner_dropped(project: Project, partner: Partner) -> Iterator[NoticeDraft]:
    """Tell a partner's applicants that it is not named any more."""
    told = people_with(Role.APPLICANT, [partner.organization_id])
    yield _tell(words.PARTNER_DROPPED, told, _at(reverse("portal:home")), project)


def partner_answered(project: Project, partner: Partner) -> Iterator[NoticeDraft]:
    """Tell the leading organisation what a partner answered; of a refusal later on, the reviewers too."""
    agreed, name = partner.has_agreed, partner.organization.name
    wording, reason = (
        words.PARTNER_AGREED if agreed else words.PARTNER_REFUSED,
        partner.answer_reason,
    )
    lead = people_with(Role.APPLICANT, [project.organization_id])
    yield _tell(wording, lead, portal_url, project, reason=reason, partner=name)
    if not agreed:
        staff = _staff_of(project)
        yield _tell(wording, staff, case_url, project, reason=reason, partner=name)


_WRITERS: dict[str, Writer] = {
    "submit": _submitted,
    "recall": _undone(words.RECALLED),
    "pass_first": _passed,
    "not_recommend": _not_recommended,
    "take_back": _undone(words.TAKEN_BACK, told=False),
    "take_up": _taken_up,
    "send_back": _told_with_reason(words.RETURNED),
    "approve": _approved,
    "revoke_approval": _undone(words.REVOKED),
    "decline": _declined,
    "withdraw": _withdrawn,
    "submit_commitments": _commitments_in,
    "return_commitments": _told_with_reason(words.COMMITMENTS_RETURNED),
    "publish_commitments": _told_with_reason(words.COMMITMENTS_PUBLISHED),
    "submit_results": _results_in,
    "return_results": _told_with_reason(words.RESULTS_RETURNED),
    "terminate": _terminated,
    "reopen": _undone(words.REOPENED),
}
