"""What the clock does with pages, and what editors are told of decisions on theirs."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.pages import ColumnPage
from partybuilding.core.pages.revisions import last_change
from partybuilding.core.services import post_notices
from partybuilding.core.types import AnyUser

log = logging.getLogger("partybuilding.publishing")


@dataclass
class Run:
    """What one run of the schedule did, and what it could not do: title and reason."""

    published: int = 0
    taken_offline: int = 0
    faults: list[str] = field(default_factory=list)


def keep_schedule() -> Run:
    """Publish and take offline what is due, each page once, however many runs overlap.

    What is refused leaves the schedule and its editors hear why; whatever else fails stays on it and is
    named, and the others of the run go on.
    """
    run = Run()
    expired = Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
    due = _due().order_by("approved_go_live_at")
    for act, keys in ((_take_offline, expired), (_publish, due)):
        for key in list(keys.values_list("pk", flat=True)):
            try:
                act(key, run)
            except Exception as error:  # whatever is wrong with one page, the others are due too
                log.exception("schedule failed", extra={"key": key})
                run.faults.append(f"{type(error).__name__}: {error}".splitlines()[0])
    return run


def _due() -> Any:
    return Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())


@transaction.atomic
def _take_offline(key: int, run: Run) -> None:
    page = _in_turn(Page.objects.filter(pk=key))
    if page is not None and page.live and page.expire_at and page.expire_at < timezone.now():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        run.taken_offline += 1


@transaction.atomic
def _publish(key: int, run: Run) -> None:
    owner = Revision.page_revisions.filter(pk=key).values("object_id")
    page = _in_turn(Page.objects.filter(pk__in=[int(row["object_id"]) for row in owner]))
    revision = _due().filter(pk=key).first()
    if page is None or revision is None:
        return
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
        run.published += 1
    except Refusal as refusal:
        _keep_back(page, revision, refusal)
        run.faults.append(f"{page.title}: {refusal}")


def _in_turn(pages: Any) -> Any:
    """Lock a page and return it as it is then, or None when it is gone."""
    page = pages.specific().first()
    if isinstance(page, ColumnPage):
        page.take_turn()
    return pages.specific().first()


def _keep_back(page: Any, revision: Revision, refusal: Refusal) -> None:
    """Take a refused revision from the schedule, and tell whoever has to mend it."""
    due = revision.approved_go_live_at
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log.warning(
        "scheduled publication refused",
        extra={"page": page.pk, "refusal": type(refusal).__name__},
    )
    flow = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    then = _("Mend the page and hand it in again.")
    draft = NoticeDraft(
        editors_of(page, flow),
        _("Scheduled publication refused: %(title)s") % {"title": page.draft_title},
        "\n".join((*refusal.sentences, then)),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    post_notices([draft], key=f"kept-back:{revision.pk}:{due:%Y%m%d%H%M%S}")


def tell_returned(*, instance: TaskState, user: AnyUser, **kwargs: Any) -> None:
    """Tell the editors of a page that it was returned, and what has to be changed."""
    flow = instance.workflow_state
    page = flow.content_object.specific
    draft = NoticeDraft(
        [person for person in editors_of(page, flow) if person != user],
        _("Page returned: %(title)s") % {"title": page.draft_title},
        instance.comment,
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    post_notices([draft], key=f"page-returned:{instance.pk}")


def editors_of(page: Page, flow: WorkflowState | None) -> Iterable[Any]:
    """Return who has to mend a page: who handed it in, and who wrote last."""
    change = last_change(page)
    keys = {change.user_id if change else None, flow.requested_by_id if flow else None}
    known = [key for key in keys if key is not None]
    return get_user_model().objects.filter(pk__in=known, is_active=True)
