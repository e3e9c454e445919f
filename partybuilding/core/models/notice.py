"""Notices to people: the site's own inbox, and the outbox that sends them by mail."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Lists of notices."""

    def unread(self) -> "NoticeQuerySet":
        """Keep what has not been read."""
        return self.filter(read_at=None)

    def to(self, user: object) -> "NoticeQuerySet":
        """Keep what this user was told."""
        return self.filter(recipient=user)


class Notice(models.Model):
    """One thing that one person was told, written in the transaction that it tells of."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    subject = models.CharField(_("notice title"), max_length=200)
    body = models.TextField(_("body"), blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    #: Says what it tells of, so that the same thing is never told twice to the same person.
    key = models.CharField(max_length=120)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_told_once"),
        ]
        indexes = [models.Index(fields=["recipient", "read_at"])]

    def __str__(self) -> str:
        return self.subject


class DeliveryState(models.TextChoices):
    """Where a mail stands; `sending` that stays means nobody knows, so it is never sent again."""

    PENDING = "pending", _("Pending")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    PARKED = "parked", _("Parked")
    DISMISSED = "dismissed", _("Dismissed")


class Delivery(models.Model):
    """One mail to be sent: for a notice, or to a resident who asked for it; then it says itself what."""

    notice = models.OneToOneField(
        Notice, null=True, on_delete=models.CASCADE, related_name="delivery"
    )
    address = models.EmailField(_("address"))
    subject = models.CharField(_("notice title"), max_length=200, blank=True)
    body = models.TextField(_("body"), blank=True)
    #: Where its reader stops such mails with one click (RFC 8058); absolute.
    leave_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.recipient_name} {self.get_state_display()}"

    @property
    def told(self) -> str:
        """What it is about."""
        return self.notice.subject if self.notice else self.subject

    @property
    def recipient_name(self) -> str:
        """Who gets it, for staff: of a resident neither name nor address."""
        if self.notice is None:
            return str(_("A resident who follows"))
        recipient = self.notice.recipient
        return recipient.get_full_name() or recipient.get_username()

    @property
    def shown_address(self) -> str:
        """The address, for staff: that of a resident is nobody's business."""
        return self.address if self.notice else ""
