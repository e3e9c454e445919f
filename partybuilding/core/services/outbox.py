"""Write notices in the transaction they tell of, and send their mails afterwards, never twice."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.log_actions import log as log_action

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.history import DISMISSED, SENT_AGAIN
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


def post_mail(address: str, subject: str, body: str, *, leave_url: str = "") -> None:
    """Put a mail to a resident into the queue; its row is gone once it is sent.

    Args:
        leave_url: the absolute address that stops such mails with one click, without a question.
    """
    Delivery.objects.create(
        address=address, subject=clean_line(subject)[:200], body=body, leave_url=leave_url
    )


def mark_read(notice: Notice) -> Notice:
    """Remember when a notice was first read."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    notice.refresh_from_db()
    return notice


def mark_all_read(user: AnyUser) -> int:
    """Remember of every notice of a user that it was read; returns how many were new."""
    return Notice.objects.to(user).unread().update(read_at=timezone.now())


class MailServerDown(Exception):
    """The mail server takes no connection; no mail was tried, all of them wait."""


def deliver_mail(limit: int = 100) -> dict[str, int]:
    """Send what is pending and due over one connection; returns the numbers sent, failed and parked.

    Each mail is claimed in a transaction of its own before it is sent, so that two workers never
    send the same one; one that was cut off between claim and answer is parked for a person to see.

    Raises:
        MailServerDown: the server does not answer or refuses the account.
    """
    _park_cut_off()
    counts = {"sent": 0, "failed": 0, "parked": 0}
    server = get_connection()
    try:
        for _turn in range(limit):
            if not _due().exists():
                break
            _open(server)
            delivery = _claim()
            if delivery is None:
                break  # another one has just taken the last
            counts[_send(delivery, server)] += 1
    finally:
        _close(server)
    return counts


def park_waiting(reason: str) -> int:
    """Park all that waits, where nobody can know whether it was sent; returns how many."""
    waiting = Delivery.objects.filter(state__in=(DeliveryState.PENDING, DeliveryState.SENDING))
    return waiting.update(state=DeliveryState.PARKED, last_error=reason)


def send_again(mails: models.QuerySet[Delivery], *, by: AnyUser | None) -> int:
    """Let parked mails be tried anew; returns how many."""
    fresh = {"state": DeliveryState.PENDING, "attempts": 0, "next_attempt_at": timezone.now()}
    return _settle(mails, SENT_AGAIN, by, fresh)


def dismiss_mails(mails: models.QuerySet[Delivery], *, by: AnyUser | None) -> int:
    """Let parked mails be; returns how many."""
    return _settle(mails, DISMISSED, by, {"state": DeliveryState.DISMISSED})


def _settle(
    mails: models.QuerySet[Delivery], action: str, by: AnyUser | None, fields: dict[str, Any]
) -> int:
    """Change parked mails, and keep who decided it of each in the site history; nobody is a command."""
    with transaction.atomic():
        parked = list(mails.filter(state=DeliveryState.PARKED).select_for_update(of=("self",)))
        Delivery.objects.filter(pk__in=[mail.pk for mail in parked]).update(**fields)
        for mail in parked:
            said = {"subject": mail.told, "fault": mail.last_error}
            title = mail.shown_address or mail.recipient_name
            log_action(instance=mail, action=action, user=by, title=title, data=said)
    return len(parked)


def _open(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except (OSError, SMTPException) as error:
        raise MailServerDown(f"{type(error).__name__}: {error}") from error


def _close(server: BaseEmailBackend) -> None:
    with suppress(OSError, SMTPException):
        server.close()


def _due() -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.PENDING, next_attempt_at__lte=timezone.now())


def _park_cut_off() -> None:
    Delivery.objects.filter(
        state=DeliveryState.SENDING, next_attempt_at__lt=timezone.now() - CUT_OFF_AFTER
    ).update(state=DeliveryState.PARKED, last_error="cut off while sending")


def _claim() -> Delivery | None:
    with transaction.atomic():
        due = _due().select_for_update(skip_locked=_can_skip_locked())
        delivery: Any = due.order_by("pk").first()
        if delivery is not None:
            delivery.state = DeliveryState.SENDING
            delivery.attempts += 1
            delivery.next_attempt_at = timezone.now()
            delivery.save()
        return delivery


def _can_skip_locked() -> bool:
    return bool(connection.features.has_select_for_update_skip_locked)


def _send(delivery: Delivery, server: BaseEmailBackend) -> str:
    try:
        _mail_of(delivery, server).send()
    except Exception as error:  # whatever a mail server does, the next mail must still go out
        _close(server)
        return _failed(delivery, error)
    sent = Delivery.objects.filter(pk=delivery.pk)
    if delivery.notice is None:
        sent.delete()
    else:
        sent.update(state=DeliveryState.SENT, last_error="")
    return "sent"


def _mail_of(delivery: Delivery, server: BaseEmailBackend) -> EmailMessage:
    notice, headers = delivery.notice, {}
    parts = (notice.body, _absolute(notice.url)) if notice else (delivery.body,)
    if delivery.leave_url:
        headers = {
            "List-Unsubscribe": f"<{delivery.leave_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return EmailMessage(
        clean_line(delivery.told),
        "\n\n".join(part for part in parts if part),
        to=[delivery.address],
        connection=server,
        headers=headers,
    )


def _failed(delivery: Delivery, error: Exception) -> str:
    log.warning("mail failed", extra={"delivery": delivery.pk, "error": type(error).__name__})
    # What a mail server says may repeat the address.
    said = f"{type(error).__name__}: {error}" if delivery.notice else type(error).__name__
    delivery.last_error = said[:300]
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
