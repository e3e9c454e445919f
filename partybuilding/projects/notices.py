"""Who is told what after a step of a project."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partybuilding.core.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import Project
from partybuilding.projects.states import Duty, Ground


def notices_for(project: Project, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and the applicant and unit what was decided."""
    words = {"title": str(project), "code": project.code or ""}
    write = _WRITERS.get(attempt.step)
    if write is not None:
        yield from write(project, attempt, words)


def applicants(project: Project) -> Iterable[Any]:
    """Return the applicants of the leading organisation."""
    return people_with(Role.APPLICANT, [project.organization_id])


def unit_reviewers(project: Project) -> Iterable[Any]:
    """Return the reviewers of the unit through which the project reports."""
    return people_with(Role.UNIT, [project.organization.unit_id])


def portal_url(project: Project) -> str:
    """Return where its applicants see the project."""
    return reverse("portal:project", args=[project.pk])


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
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Awaiting decision: %(title)s") % words,
        _("%(unit)s passed application %(code)s.")
        % {**words, "unit": project.organization.unit.name},
        case_url(project),
    )
    yield NoticeDraft(
        applicants(project),
        _("First review passed: %(title)s") % words,
        _("The Organization Department pre-assesses and decides next."),
        portal_url(project),
    )


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
    if project.code:
        yield NoticeDraft(
            unit_reviewers(project),
            _("Withdrawn: %(title)s") % words,
            attempt.reason,
            case_url(project),
        )


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


_WRITERS: dict[str, Callable[..., Iterator[NoticeDraft]]] = {
    "submit": _submitted,
    "pass_first": _passed,
    "send_back": _returned,
    "approve": _approved,
    "decline": _declined,
    "withdraw": _withdrawn,
    "submit_commitments": _commitments_in,
    "return_commitments": _told_with_reason(gettext_noop("Commitments returned: %(title)s")),
    "publish_commitments": _told_with_reason(gettext_noop("Commitments published: %(title)s")),
    "submit_results": _results_in,
    "return_results": _told_with_reason(gettext_noop("Results returned: %(title)s")),
    "terminate": _told_with_reason(gettext_noop("Terminated: %(title)s")),
    "reopen": _told_with_reason(gettext_noop("Reopened: %(title)s")),
}
