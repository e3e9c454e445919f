"""Join the editorial workflow and the record's machine (house.md): publish, undo, call back what was left behind.

Publishing a page takes the step of publication of its record in the same transaction: if the machine
refuses, nothing is published. What is taken offline keeps its reason where it was published.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.history import RECALLED
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import (
    OFFLINE,
    PublicationRefused,
    RecordPage,
    approval_of,
    record_page_models,
)
from partybuilding.core.services.door import move
from partybuilding.core.services.outbox import post_notices
from partybuilding.core.services.trail import note
from partybuilding.core.text.personal_data import findings
from partybuilding.core.types import AnyUser


def take_publication_step(*, page: Any, revision: Any, at_once: bool, **kwargs: Any) -> None:
    """Move the record as whoever approved the revision; a scheduled one moves when its time comes.

    Args:
        page: the page of the record.
        revision: what is being published or scheduled.
        at_once: whether it goes live now.

    Raises:
        PublicationRefused: no finished workflow let this revision through.
        Refusal: the door refuses the step.
    """
    step = page.publication_due()
    if not step:
        return
    approval = approval_of(revision)
    if approval is None or approval.finished_by is None:
        raise PublicationRefused(
            [
                _(
                    "This is published by the editorial workflow: submit it for somebody else's approval."
                )
            ]
        )
    if at_once:
        record = page.record
        move(type(record)._base_manager.get(pk=record.pk), step, by=approval.finished_by)


def withdraw_page(page: Page, *, by: AnyUser, reason: str) -> None:
    """Take one page offline; its log, its record's trail and its address keep the public reason.

    Raises:
        PublicationRefused: it is not live, there is no reason, or a person's number stands in it.
    """
    reason = reason.strip()
    found = [each.excerpt for each in findings(reason)]
    if not reason:
        raise PublicationRefused(
            [_("Say why the page is taken offline; residents read the reason.")]
        )
    if found:
        sentence = _("The reason is made public and contains a person's number: %(excerpt)s")
        raise PublicationRefused([sentence % {"excerpt": excerpt} for excerpt in found])
    with transaction.atomic():
        locked = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if not locked.live:
            raise PublicationRefused([_("The page is offline already.")])
        page = locked.specific
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
        log(instance=page, action=OFFLINE, user=by, data={"reason": reason})
        if isinstance(page, RecordPage):
            note(page.record, "offline", by=by, reason=reason)


def recall_page(*, record: Any, attempt: Attempt, **kwargs: Any) -> None:
    """Cancel review and schedule of a record's page when the step changes what publishing would do."""
    page = page_of(record)
    if page is None or not _bears_on(page, record, attempt):
        return
    flow = WorkflowState.objects.for_instance(page)
    running = flow.filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    scheduled = list(page.revisions.exclude(approved_go_live_at=None))
    if running is None and not scheduled:
        return
    if running is not None:
        running.cancel(user=attempt.by)
    for revision in scheduled:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    _remember(page, record, attempt, running)


def page_of(record: Any) -> RecordPage | None:
    """Return the page of a record, if it has one."""
    for model in record_page_models():
        field = model._meta.get_field(model.record_name)
        if field.related_model is type(record):
            return model._base_manager.filter(**{field.name: record}).first()
    return None


def _bears_on(page: RecordPage, record: Any, attempt: Attempt) -> bool:
    """Tell whether a step other than publication changes what publishing would do."""
    if not page.publication_step or attempt.step == page.publication_step:
        return False
    table = machine_of(record).table
    sources = table.step(page.publication_step).sources
    hidden = record.state not in table.public_states()
    return attempt.from_state in sources or record.state in sources or hidden


def _remember(
    page: RecordPage, record: Any, attempt: Attempt, running: WorkflowState | None
) -> None:
    """Note it in the page's history, and tell who had handed the page in."""
    step = machine_of(record).table.step(attempt.step)
    facts = {"step": attempt.step, "label": str(step.label), "reason": attempt.reason}
    log(instance=page, action=RECALLED, user=attempt.by, data=facts)
    author = running.requested_by if running else page.latest_revision and page.latest_revision.user
    if author is None:
        return
    said = _("The record took the step “%(label)s”. Check the page and hand it in again.") % facts
    draft = NoticeDraft(
        [author],
        _("Review called back: %(title)s") % {"title": page.draft_title},
        "\n".join(part for part in (said, attempt.reason) if part),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    key = f"recalled:{page.pk}:{record.version}"
    post_notices([draft], key=key)
