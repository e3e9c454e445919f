"""Who is told what: after a visit of what was found, and after each step of a rectification."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.notices import applicants, case_url, unit_reviewers
from partybuilding.supervision import messages
from partybuilding.supervision.addresses import rectification_url
from partybuilding.supervision.corrections import FOR_STAFF, Change
from partybuilding.supervision.models import Rectification, Visit
from partybuilding.texts.messages import notice_draft

if TYPE_CHECKING:
    from partybuilding.supervision.models import Activity

#: Tells who hears of a step that was tried.
Writer = Callable[[Rectification, Attempt], Iterator[NoticeDraft]]
#: To whom, with what said, and where they read it.
Addressed = tuple[Iterable[Any], Mapping[str, str], str]


def notices_for(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and organisation and unit what was decided."""
    yield from _WRITERS[attempt.step](rectification, attempt)


def portal_url(rectification: Rectification) -> str:
    """Return where its organisation answers it."""
    return reverse("portal:rectification", args=[rectification.project_id, rectification.pk])


def notices_of_visit(visit: Visit, opened: list[Rectification]) -> Iterator[NoticeDraft]:
    """Tell organisation and unit that an activity was held, and what is to be rectified by when."""
    project, said = visit.activity.project, messages.said_of_visit(visit, opened)
    wording = messages.VISIT_FINDINGS if opened else messages.VISIT_HELD
    portal = reverse("portal:supervision", args=[project.pk])
    yield notice_draft(wording, applicants(project), said, portal)
    if opened:
        yield notice_draft(wording, unit_reviewers(project), said, case_url(project))


def notices_of_corrected_visit(
    activity: "Activity", changes: Iterable[Change], reason: str
) -> Iterator[NoticeDraft]:
    """Tell organisation and unit what of a record reads differently now, and why."""
    project = activity.project
    if told := [change for change in changes if change.part.value not in FOR_STAFF]:
        said = {
            "督导方式": activity.get_kind_display(),
            "项目名称": str(project),
            **_corrections(told, reason),
        }
        portal = reverse("portal:supervision", args=[project.pk])
        wording = messages.VISIT_CORRECTED
        yield notice_draft(wording, applicants(project), said, portal)
        yield notice_draft(wording, unit_reviewers(project), said, case_url(project))


def notices_of_corrected_finding(
    rectification: Rectification, changes: Iterable[Change], reason: str
) -> Iterator[NoticeDraft]:
    """Tell organisation and unit how a finding reads now, and why."""
    said = {
        "项目名称": str(rectification.project),
        "问题": str(rectification),
        **_corrections(changes, reason),
    }
    yield notice_draft(messages.FINDING_CORRECTED, *_applicants(rectification, said))
    yield notice_draft(messages.FINDING_CORRECTED, *_unit(rectification, said))


def _corrections(changes: Iterable[Change], reason: str) -> dict[str, str]:
    lines = [f"{one.part.label}：{one.before or '—'} → {one.after or '—'}" for one in changes]
    return {"更正内容": "\n".join(lines), "理由": reason}


def task_force_of(rectification: Rectification) -> Iterable[Any]:
    """Return who verifies it: the officer of the activity, or the whole task force without one."""
    people = people_with(Role.TASK_FORCE)
    officer = people.filter(pk=rectification.activity.officer_id or 0)
    return officer if officer.exists() else people


def _reported(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    said = messages.said_of(rectification, attempt.reason)
    told, url = task_force_of(rectification), rectification_url(rectification.pk)
    yield notice_draft(messages.REPORTED, told, said, url)


def _verified(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell both; the opinion in words stays with the staff."""
    own = messages.said_of(rectification)
    staff = messages.VERIFIED_STAFF if attempt.reason else messages.VERIFIED
    said = messages.said_of(rectification, attempt.reason)
    yield notice_draft(messages.VERIFIED, *_applicants(rectification, own))
    yield notice_draft(staff, *_unit(rectification, said))


def _told(wording: Wording) -> Writer:
    def write(rectification: Rectification, attempt: Attempt) -> Iterator[NoticeDraft]:
        said = messages.said_of(rectification, attempt.reason)
        yield notice_draft(wording, *_applicants(rectification, said))
        yield notice_draft(wording, *_unit(rectification, said))

    return write


def _applicants(rectification: Rectification, said: Mapping[str, str]) -> Addressed:
    return applicants(rectification.project), said, portal_url(rectification)


def _unit(rectification: Rectification, said: Mapping[str, str]) -> Addressed:
    return unit_reviewers(rectification.project), said, rectification_url(rectification.pk)


_WRITERS: dict[str, Writer] = {
    "report_done": _reported,
    "verify": _verified,
    "send_back": _told(messages.SENT_BACK),
    "withdraw": _told(messages.WITHDRAWN),
}
