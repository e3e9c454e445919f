"""Who is told what: after a visit of what was found, and after each step of a rectification."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.notices import applicants, case_url, unit_reviewers
from partybuilding.supervision.addresses import rectification_url
from partybuilding.supervision.corrections import FOR_STAFF, Change
from partybuilding.supervision.models import Rectification, Visit

if TYPE_CHECKING:
    from partybuilding.supervision.models import Activity


def notices_for(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and organisation and unit what was decided."""
    yield from _WRITERS[attempt.step](rectification, attempt)


def portal_url(rectification: Rectification) -> str:
    """Return where its organisation answers it."""
    return reverse("portal:rectification", args=[rectification.project_id, rectification.pk])


def notices_of_visit(visit: Visit, opened: list[Rectification]) -> Iterator[NoticeDraft]:
    """Tell organisation and unit that an activity was held, and what is to be rectified by when."""
    activity, project = visit.activity, visit.activity.project
    words = {"kind": activity.get_kind_display(), "title": project, "count": len(opened)}
    subject = (
        ngettext(
            "%(count)s finding to rectify: %(title)s",
            "%(count)s findings to rectify: %(title)s",
            len(opened),
        )
        if opened
        else _("%(kind)s recorded: %(title)s")
    )
    listed = "\n".join(
        _("%(number)s. %(finding)s To be rectified by %(day)s: %(requirement)s")
        % {
            "number": number,
            "finding": one.finding,
            "requirement": one.requirement,
            "day": f"{one.rectify_by:%Y-%m-%d}",
        }
        for number, one in enumerate(opened, start=1)
    )
    portal = reverse("portal:supervision", args=[project.pk])
    yield NoticeDraft(applicants(project), subject % words, listed or visit.summary, portal)
    if opened:
        yield NoticeDraft(unit_reviewers(project), subject % words, listed, case_url(project))


def notices_of_corrected_visit(
    activity: "Activity", changes: Iterable[Change], reason: str
) -> Iterator[NoticeDraft]:
    """Tell organisation and unit what of a record reads differently now, and why."""
    project = activity.project
    facts = {"kind": activity.get_kind_display(), "title": project}
    subject = _("%(kind)s, record corrected: %(title)s") % facts
    open_changes = [change for change in changes if change.part.value not in FOR_STAFF]
    if open_changes:
        body = _corrections(open_changes, reason)
        portal = reverse("portal:supervision", args=[project.pk])
        yield NoticeDraft(applicants(project), subject, body, portal)
        yield NoticeDraft(unit_reviewers(project), subject, body, case_url(project))


def notices_of_corrected_finding(
    rectification: Rectification, changes: Iterable[Change], reason: str
) -> Iterator[NoticeDraft]:
    """Tell organisation and unit how a finding reads now, and why."""
    subject = _("Finding corrected: %(finding)s") % {"finding": rectification}
    body, unit = _corrections(changes, reason), rectification_url(rectification.pk)
    project = rectification.project
    yield NoticeDraft(applicants(project), subject, body, portal_url(rectification))
    yield NoticeDraft(unit_reviewers(project), subject, body, unit)


def _corrections(changes: Iterable[Change], reason: str) -> str:
    lines = [f"{one.part.label}：{one.before or '—'} → {one.after or '—'}" for one in changes]
    return "\n".join([*lines, _("Reason: %(reason)s") % {"reason": reason}])


def task_force_of(rectification: Rectification) -> Iterable[Any]:
    """Return who verifies it: the officer of the activity, or the whole task force without one."""
    people = people_with(Role.TASK_FORCE)
    officer = people.filter(pk=rectification.activity.officer_id or 0)
    return officer if officer.exists() else people


def _reported(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        task_force_of(rectification),
        _("Rectification to verify: %(finding)s") % {"finding": rectification},
        attempt.reason,
        rectification_url(rectification.pk),
    )


def _verified(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell both; the opinion in words stays with the staff."""
    title = _("Finding closed: %(finding)s") % {"finding": rectification}
    words = _("The task force verified that it is rectified.")
    project, unit = rectification.project, rectification_url(rectification.pk)
    yield NoticeDraft(applicants(project), title, words, portal_url(rectification))
    yield NoticeDraft(unit_reviewers(project), title, attempt.reason or words, unit)


def _sent_back(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    title = _("Rectification sent back: %(finding)s") % {"finding": rectification}
    project, unit = rectification.project, rectification_url(rectification.pk)
    yield NoticeDraft(applicants(project), title, attempt.reason, portal_url(rectification))
    yield NoticeDraft(unit_reviewers(project), title, attempt.reason, unit)


def _withdrawn(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    title = _("Finding withdrawn: %(finding)s") % {"finding": rectification}
    project, unit = rectification.project, rectification_url(rectification.pk)
    yield NoticeDraft(applicants(project), title, attempt.reason, portal_url(rectification))
    yield NoticeDraft(unit_reviewers(project), title, attempt.reason, unit)


_WRITERS: dict[str, Callable[[Rectification, Attempt], Iterator[NoticeDraft]]] = {
    "report_done": _reported,
    "verify": _verified,
    "send_back": _sent_back,
    "withdraw": _withdrawn,
}
