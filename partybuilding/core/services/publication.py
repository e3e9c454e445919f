"""Join the editorial workflow and the record's machine where they meet (house.md), and undo a publication.

Publishing a page takes the step of publication of its record in the same transaction: if the machine
refuses, nothing is published. What is taken offline keeps its reason where it was published.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from partybuilding.core.pages import OFFLINE, PublicationRefused, RecordPage, approval_of
from partybuilding.core.services.door import move
from partybuilding.core.services.trail import note
from partybuilding.core.text.personal_data import findings


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


def withdraw_page(page: Page, *, by: Any, reason: str) -> None:
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
