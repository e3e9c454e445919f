"""Who is told what after a step of a project."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.selectors import hearers_of, last_move
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.states import UNDECIDED, Consent, Duty, Ground


def notices_for(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and the applicant and unit what was decided."""
    words = {"title": str(project), "code": project.code or ""}
    write = _WRITERS.get(attempt.step)
    if write is not None:
        yield from write(project, attempt, words)


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


def reason_text(attempt: Attempt) -> str:
    """Join grounds and reason into the text that the applicant reads."""
    grounds = "、".join(str(Ground(code).label) for code in attempt.data.get("grounds", []))
    return "\n".join(part for part in (grounds, attempt.reason) if part)


def _submitted(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        unit_reviewers(project),
        _("Awaiting your first review: %(title)s") % words,
        _("%(organization)s submitted application %(code)s.")
        % {**words, "organization": project.organization.name},
        case_url(project),
    )
    yield NoticeDraft(
        applicants(project),
        _("Submitted: %(title)s") % words,
        _("The receipt number is %(code)s. The reporting unit reviews first.") % words,
        portal_url(project),
    )


def _passed(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    unit = project.organization.unit
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Awaiting decision: %(title)s") % words,
        _("%(unit)s passed application %(code)s.") % {**words, "unit": unit.name if unit else ""},
        case_url(project),
    )
    yield NoticeDraft(
        applicants(project),
        _("First review passed: %(title)s") % words,
        _("The Organization Department pre-assesses and decides next."),
        portal_url(project),
    )


def _not_recommended(
    project: Project, attempt: Attempt, words: dict[str, str]
) -> Iterator[NoticeDraft]:
    """Tell the department the opinion, and the applicants only that the decision is the department's."""
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Not recommended, awaiting your decision: %(title)s") % words,
        reason_text(attempt),
        case_url(project),
    )
    yield NoticeDraft(
        applicants(project),
        _("First review finished: %(title)s") % words,
        _("The reporting unit's opinion is with the Organization Department, which decides."),
        portal_url(project),
    )


def _taken_up(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    """Tell the unit; nothing changes for the applicants."""
    subject = _("Taken up for decision: %(title)s") % words
    yield NoticeDraft(unit_reviewers(project), subject, attempt.reason, case_url(project))


def _returned(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        applicants(project),
        _("Returned for changes: %(title)s") % words,
        attempt.reason,
        portal_url(project),
    )


def _approved(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        applicants(project),
        _("Approved: %(title)s") % words,
        _("Application %(code)s is approved. Please prepare the public commitments.") % words,
        portal_url(project),
    )
    yield NoticeDraft(
        unit_reviewers(project),
        _("Approved: %(title)s") % words,
        _("Application %(code)s of %(organization)s is approved.")
        % {**words, "organization": project.organization.name},
        case_url(project),
    )
    yield NoticeDraft(
        people_with(Role.EDITOR),
        _("Page to write: %(title)s") % words,
        _("The project is approved and can be announced on the column."),
        case_url(project),
    )


def _declined(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    subject = _("Declined: %(title)s") % words
    yield NoticeDraft(applicants(project), subject, reason_text(attempt), portal_url(project))
    yield NoticeDraft(unit_reviewers(project), subject, reason_text(attempt), case_url(project))


def _withdrawn(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    """Tell who had it, once it was handed in, and who took part."""
    subject = _("Withdrawn: %(title)s") % words
    if project.code:
        yield NoticeDraft(unit_reviewers(project), subject, attempt.reason, case_url(project))
    if attempt.from_state in UNDECIDED:
        told = people_with(Role.DEPARTMENT)
        yield NoticeDraft(told, subject, attempt.reason, case_url(project))
    joint = [one for one in applicants(project) if one != attempt.by]
    yield NoticeDraft(joint, subject, attempt.reason, portal_url(project))


def _commitments_in(
    project: Project, attempt: Attempt, words: dict[str, str]
) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        people_with(Role.EDITOR),
        _("Commitments to publish: %(title)s") % words,
        "",
        case_url(project),
    )


def _results_in(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Results to evaluate: %(title)s") % words,
        "",
        case_url(project),
    )


def _told_with_reason(subject: str) -> Callable[..., Iterator[NoticeDraft]]:
    def write(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
        yield NoticeDraft(
            applicants(project), _(subject) % words, attempt.reason, portal_url(project)
        )

    return write


def _terminated(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
    subject = _("Terminated: %(title)s") % words
    yield NoticeDraft(applicants(project), subject, attempt.reason, portal_url(project))
    yield NoticeDraft(unit_reviewers(project), subject, attempt.reason, case_url(project))


def _undone(subject: str, *, told: bool = True) -> Callable[..., Iterator[NoticeDraft]]:
    """Tell whoever was told of what is undone, and those who carry the project out.

    Args:
        told: whether the applicants read the reason; otherwise it is the staff's alone.
    """

    def write(project: Project, attempt: Attempt, words: dict[str, str]) -> Iterator[NoticeDraft]:
        title = _(subject) % words
        at_portal, at_desk = portal_url(project), case_url(project)
        undone = last_move(project, attempt.from_state)
        heard = hearers_of(undone) if undone else []
        people = {one.pk: (one, at_portal) for one in applicants(project)}
        people |= {one.pk: (one, at_desk) for one in _staff_of(project)}
        people |= {one.pk: (one, url) for one, url in heard if one.pk not in people}
        for address in dict.fromkeys(url for _one, url in people.values()):
            here = [one for one, url in people.values() if url == address and one != attempt.by]
            reason = attempt.reason if told or address != at_portal else ""
            yield NoticeDraft(here, title, reason, address)

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
    words = {"title": str(project), "organization": project.organization.name}
    yield NoticeDraft(
        people_with(Role.APPLICANT, [partner.organization_id]),
        _("Asked to take part: %(title)s") % words,
        _(
            "%(organization)s asks you to carry the project out together. Read the application, "
            "and say whether you agree."
        )
        % words,
        consent_url(project),
    )


def partner_dropped(project: Project, partner: Partner) -> Iterator[NoticeDraft]:
    """Tell a partner's applicants that it is not named any more."""
    words = {"title": str(project), "organization": project.organization.name}
    yield NoticeDraft(
        people_with(Role.APPLICANT, [partner.organization_id]),
        _("Not named as a partner any more: %(title)s") % words,
        _("%(organization)s has taken you off the list of those who take part.") % words,
        reverse("portal:home"),
    )


def partner_answered(project: Project, partner: Partner) -> Iterator[NoticeDraft]:
    """Tell the leading organisation what a partner answered; of a refusal later on, the reviewers too."""
    words = {"title": str(project), "partner": partner.organization.name}
    agreed = partner.has_agreed
    subject = (
        _("%(partner)s agreed to take part: %(title)s")
        if agreed
        else _("%(partner)s does not take part: %(title)s")
    )
    lead = people_with(Role.APPLICANT, [project.organization_id])
    yield NoticeDraft(lead, subject % words, partner.answer_reason, portal_url(project))
    if not agreed:
        staff = _staff_of(project)
        yield NoticeDraft(staff, subject % words, partner.answer_reason, case_url(project))


_WRITERS: dict[str, Callable[..., Iterator[NoticeDraft]]] = {
    "submit": _submitted,
    "recall": _undone(gettext_noop("Taken back to change: %(title)s")),
    "pass_first": _passed,
    "not_recommend": _not_recommended,
    "take_back": _undone(gettext_noop("First review taken up again: %(title)s"), told=False),
    "take_up": _taken_up,
    "send_back": _returned,
    "approve": _approved,
    "revoke_approval": _undone(gettext_noop("Approval revoked: %(title)s")),
    "decline": _declined,
    "withdraw": _withdrawn,
    "submit_commitments": _commitments_in,
    "return_commitments": _told_with_reason(gettext_noop("Commitments returned: %(title)s")),
    "publish_commitments": _told_with_reason(gettext_noop("Commitments published: %(title)s")),
    "submit_results": _results_in,
    "return_results": _told_with_reason(gettext_noop("Results returned: %(title)s")),
    "terminate": _terminated,
    "reopen": _undone(gettext_noop("Reopened: %(title)s")),
}
