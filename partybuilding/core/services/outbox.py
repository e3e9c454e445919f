"""Write notices in the transaction they tell of, and send their mails afterwards, never twice."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Delivery, DeliveryState, Notice
from partybuilding.core.text.characters import clean_line
from partybuilding.core.types import AnyUser

log = logging.getLogger("partybuilding.outbox")

#: Minutes to wait before the second, third, … attempt; after the last the mail is parked.
RETRY_AFTER = (1, 5, 30, 120, 720)
#: A mail that is `sending` longer than this was cut off: nobody knows whether it went out.
CUT_OFF_AFTER = timedelta(minutes=10)


def post_notices(drafts: Iterable[NoticeDraft], *, key: str) -> list[Notice]:
    """Write one notice per recipient and thing; a second call with the same key writes nothing."""
    notices = [
        Notice(
            recipient=user,
            subject=clean_line(draft.subject)[:200],
            body=draft.body,
            url=draft.url,
            key=f"{key}:{place}",
            created_at=timezone.now(),
        )
        for place, draft in enumerate(drafts)
        for user in draft.recipients
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if settings.EMAIL_HOST and notices:
        told = Notice.objects.filter(key__startswith=f"{key}:", delivery=None)
        Delivery.objects.bulk_create(
            Delivery(notice=notice, address=notice.recipient.email)
            for notice in told.select_related("recipient")
            if notice.recipient.email
        )
    return notices


def mark_read(notice: Notice) -> Notice:
    """Remember when a notice was first read."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    notice.refresh_from_db()
    return notice


def mark_all_read(user: AnyUser) -> int:
    """Remember of every notice of a user that it was read; returns how many were new."""
    return Notice.objects.to(user).unread().update(read_at=timezone.now())


def deliver_mail(limit: int = 100) -> dict[str, int]:
    """Send what is pending and due; returns the numbers sent, failed and parked.

    Each mail is claimed in a transaction of its own before it is sent, so that two workers never
    send the same one; one that was cut off between claim and answer is parked for a person to see.
    """
    _park_cut_off()
    counts = {"sent": 0, "failed": 0, "parked": 0}
    for _turn in range(limit):
        delivery = _claim()
        if delivery is None:
            break
        counts[_send(delivery)] += 1
    return counts


def _park_cut_off() -> None:
    Delivery.objects.filter(
        state=DeliveryState.SENDING, next_attempt_at__lt=timezone.now() - CUT_OFF_AFTER
    ).update(state=DeliveryState.PARKED, last_error="cut off while sending")


def _claim() -> Delivery | None:
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=_can_skip_locked()).filter(
            state=DeliveryState.PENDING, next_attempt_at__lte=timezone.now()
        )
        delivery: Any = due.order_by("pk").first()
        if delivery is not None:
            delivery.state = DeliveryState.SENDING
            delivery.attempts += 1
            delivery.next_attempt_at = timezone.now()
            delivery.save()
        return delivery


def _can_skip_locked() -> bool:
    return bool(connection.features.has_select_for_update_skip_locked)


def _send(delivery: Delivery) -> str:
    notice = delivery.notice
    body = "\n\n".join(part for part in (notice.body, _absolute(notice.url)) if part)
    try:
        send_mail(clean_line(notice.subject), body, None, [delivery.address])
    except Exception as error:  # whatever a mail server does, the next mail must still go out
        return _failed(delivery, error)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT, last_error="")
    return "sent"


def _failed(delivery: Delivery, error: Exception) -> str:
    log.warning("mail failed", extra={"delivery": delivery.pk, "error": type(error).__name__})
    delivery.last_error = f"{type(error).__name__}: {error}"[:300]
    if delivery.attempts > len(RETRY_AFTER):
        outcome, delivery.state = "parked", DeliveryState.PARKED
    else:
        outcome, delivery.state = "failed", DeliveryState.PENDING
        wait = RETRY_AFTER[delivery.attempts - 1]
        delivery.next_attempt_at = timezone.now() + timedelta(minutes=wait)
    delivery.save()
    return outcome


def _absolute(url: str) -> str:
    return f"{getattr(settings, 'WAGTAILADMIN_BASE_URL', '')}{url}" if url else ""
