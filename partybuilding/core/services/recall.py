"""Call back from review and schedule a page whose record moved meanwhile: what was read there is past.

A review holds for the record as it stood when the page was handed in. When a step brings the record
to where publishing would move it, or away from there, the editor hands in again (lifecycle.md).
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.log_actions import RECALLED
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import RecordPage, record_page_models
from partybuilding.core.services.outbox import post_notices


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
