"""Join the editorial workflow and the record's machine at the one point where they meet (house.md).

Publishing a page takes the step of publication of its record in the same transaction: if the machine
refuses, nothing is published.
"""

from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.pages import PublicationRefused, approval_of
from partybuilding.core.services.door import move


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
