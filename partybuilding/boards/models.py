"""What was reminded of, stage by stage, whom it reached, and the days on which it was looked through."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.boards.states import ReminderStage, Settled


class ReminderRun(models.Model):
    """A day on which the open things were looked through; its row is the lock of `manage.py remind`."""

    day = models.DateField(_("Day"), unique=True)
    #: How often something was told on this day: names the notices of each time.
    times = models.PositiveIntegerField(_("times"), default=0)
    last_at = models.DateTimeField(_("last at"), default=timezone.now)
    #: What the last run of the day could not look at or tell, a line each.
    faults = models.JSONField(pgettext_lazy("reminder", "faults"), default=list)

    class Meta:
        verbose_name = _("run of the reminders")
        verbose_name_plural = _("runs of the reminders")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Reminder(models.Model):
    """One stage of one item with one day: told, or passed for ever; a moved day begins anew.

    `matter`, `kind`, `title` and `url` say what it was when it was told, whatever became of it.
    """

    item = models.CharField(pgettext_lazy("reminder", "item"), max_length=120)
    due_on = models.DateField(_("due on"))
    stage = models.CharField(_("stage"), max_length=20, choices=ReminderStage)
    outcome = models.CharField(pgettext_lazy("reminder", "outcome"), max_length=10, choices=Settled)
    run = models.ForeignKey(
        ReminderRun,
        verbose_name=_("run of the reminders"),
        on_delete=models.PROTECT,
        related_name="reminders",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    #: The code of the kind: what stands before the colon in `item`.
    matter = models.CharField(pgettext_lazy("reminder", "code of the matter"), max_length=40)
    kind = models.CharField(pgettext_lazy("reminder", "matter"), max_length=100)
    title = models.CharField(_("title at the time"), max_length=300)
    url = models.CharField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "due_on", "stage"], name="reminded_once_a_stage"
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="reminder_newest"),
            models.Index(fields=["matter", "kind"], name="reminder_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_stage_display()}"


class Recipient(models.Model):
    """One person of one reminder: when they were told, or that it did not reach them yet."""

    reminder = models.ForeignKey(
        Reminder,
        verbose_name=_("reminder"),
        on_delete=models.CASCADE,
        related_name="recipients",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150)
    told_at = models.DateTimeField(_("told at"), null=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user"], name="reminded_once_a_person"),
        ]
        indexes = [
            models.Index(
                fields=["told_at"], condition=models.Q(told_at=None), name="recipient_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.name
