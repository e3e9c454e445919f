"""What is left to read at the address of a page that was taken offline: when and why, answered as 410.

public.md wants a withdrawn page to stay readable with its reason, lifecycle.md lets only certain states be
live. Both hold: what the page told is gone, and its address says what was decided and why.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import (
    PageLogEntry,
)

from partybuilding.core.states import Text, Tone
from partybuilding.core.types import AnyUser

GONE = 410


#: The entry of a page's log that keeps the public reason for which it was taken offline.
OFFLINE = "partybuilding.taken_offline"


LABEL = gettext_lazy("Taken offline")
UNRECORDED = gettext_lazy("It was taken offline; no reason was recorded at the time.")


@dataclass(frozen=True)
class Withdrawal:
    """Why residents do not read any more what once stood here.

    Args:
        label: what has become of it, e.g. the state of its record.
    """

    at: datetime
    reason: Text
    label: Text = LABEL
    tone: Tone = Tone.NEGATIVE


def withdrawal_of(page: Any) -> Withdrawal | None:
    """Return what is left to say of a page by its own account: a reason that was given, or its term.

    What went offline past the screens that ask for a reason says that none was recorded.
    """
    if page.live or page.first_published_at is None:
        return None
    if page.expired and page.expire_at:
        return Withdrawal(
            page.expire_at, gettext_lazy("It was published for a limited time, which is over.")
        )
    entries = PageLogEntry.objects.filter(page=page.pk, action=OFFLINE)
    last = entries.filter(timestamp__gte=page.last_published_at).order_by("timestamp").last()
    if last:
        return Withdrawal(last.timestamp, last.data["reason"])
    gone = PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish")
    when = gone.order_by("timestamp").last()
    return Withdrawal(when.timestamp if when else page.last_published_at, UNRECORDED)


def take_offline(record: Any, *, by: AnyUser) -> None:
    """Take a record's page offline and call off what the editors had under way with it.

    To be called inside the step that takes the record's leave away, before the state is saved.
    """
    page = getattr(record, "page", None)
    if page is None:
        return
    flow = page.current_workflow_state
    if flow is not None:
        flow.cancel(user=by)
    page.revisions.update(approved_go_live_at=None)
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
