"""What the page editor says above a page: its review, what approval does, what the gate finds."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from partybuilding.column.waiting.items import name_of
from partybuilding.core.machine.history import RECALLED
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import RecordPage, faults_of
from partybuilding.core.pages.remarks import Remark
from partybuilding.core.pages.revisions import last_change
from partybuilding.core.selectors import last_entry
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import ProjectState


def review_remarks(page: Page, user: AnyUser) -> Iterator[Remark]:
    """Say that the page is under review since when, or was called back; and who may approve it."""
    flow = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    recalled = _recalled(page, flow)
    if recalled is not None:
        facts = {**recalled.data, "at": _moment(recalled.timestamp)}
        text = _(
            "The review was called back on %(at)s, because the record took the step “%(label)s”. "
            "Check the page and hand it in again."
        )
        reason = recalled.data.get("reason", "")
        yield Remark(text % facts, Tone.NEGATIVE, (reason,) if reason else ())
    if flow is not None and flow.status == WorkflowState.STATUS_IN_PROGRESS:
        facts = {"name": name_of(flow.requested_by), "at": _moment(flow.created_at)}
        yield Remark(_("Under review: handed in by %(name)s on %(at)s.") % facts, Tone.ACTIVE)
    if flow is not None and flow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        yield _returned(flow.current_task_state)


def _returned(decision: TaskState) -> Remark:
    facts = {"name": name_of(decision.finished_by), "at": _moment(decision.finished_at)}
    text = _("Returned by %(name)s on %(at)s. Change it and hand it in again.") % facts
    return Remark(text, Tone.NEGATIVE, (decision.comment,) if decision.comment else ())


def author_remarks(page: Page, user: AnyUser) -> Iterator[Remark]:
    """Say who wrote last, and to that person that somebody else has to approve."""
    last = last_change(page)
    if last is None or last.user is None or not page.has_unpublished_changes:
        return
    facts = {"name": name_of(last.user), "at": _moment(last.created_at)}
    text = _("Last written by %(name)s on %(at)s.") % facts
    if last.user_id == user.pk and roles_of_user(user).has(Role.PUBLISHER):
        then = _("This is your own text: somebody else has to approve it.")
    else:
        then = _("Another person has to approve what is published.")
    yield Remark(f"{text}{then}")


def publication_remarks(page: Page, user: AnyUser) -> Iterator[Remark]:
    """Say what approval does to the record besides publishing the page."""
    if not isinstance(page, RecordPage):
        return
    due = page.publication_due()
    if due:
        table = machine_of(page.record).table
        step = table.step(due)
        facts = {"step": step.label, "state": table.state(step.target).label}
        text = _(
            "Approval publishes this page and takes the step “%(step)s”: the record becomes “%(state)s”."
        )
        yield Remark(text % facts, Tone.WAITING, tuple(_about_promises(page)))
    if isinstance(page, ProjectPage):
        yield from _returned_commitments(page.project)


def _about_promises(page: RecordPage) -> Iterator[str]:
    if isinstance(page, ProjectPage):
        yield _("Published promises are changed only by a decision with a public reason.")


def gate_remarks(page: Page, user: AnyUser) -> Iterator[Remark]:
    """Say what the personal-data gate finds in the text, with the place."""
    faults = faults_of(page)
    if faults:
        text = _("The page cannot be handed in while these stand in it:")
        yield Remark(text, Tone.NEGATIVE, tuple(faults))


def _recalled(page: Page, flow: WorkflowState | None) -> PageLogEntry | None:
    """Return the newest calling back that no later review or publication has settled."""
    entries = PageLogEntry.objects.filter(page=page.pk, action=RECALLED)
    if flow is not None:
        entries = entries.filter(timestamp__gte=flow.created_at)
    entry = entries.order_by("-timestamp", "-pk").first()
    published = page.last_published_at
    return None if entry and published and published > entry.timestamp else entry


def _returned_commitments(project: Project) -> Iterator[Remark]:
    """Say that the applicant has the commitments back, and why."""
    if project.state != ProjectState.APPROVED:
        return
    entry = last_entry(project, "return_commitments")
    if entry is None or entry.at < project.state_since:
        return
    text = _(
        "The commitments went back to the applicant on %(at)s. Until they are submitted again, "
        "publishing announces the project without them."
    )
    yield Remark(text % {"at": _moment(entry.at)}, Tone.WAITING, (entry.reason,))


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
