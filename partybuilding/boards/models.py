"""What was reminded of, stage by stage, and the days on which it was looked through."""

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

    class Meta:
        verbose_name = _("run of the reminders")
        verbose_name_plural = _("runs of the reminders")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Reminder(models.Model):
    """One stage of one item with one day: told, or passed for ever; a moved day begins anew."""

    item = models.CharField(pgettext_lazy("reminder", "item"), max_length=120)
    due_on = models.DateField(_("due on"))
    stage = models.CharField(_("stage"), max_length=20, choices=ReminderStage)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Settled)
    run = models.ForeignKey(
        ReminderRun,
        verbose_name=_("run of the reminders"),
        on_delete=models.PROTECT,
        related_name="reminders",
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "due_on", "stage"], name="reminded_once_a_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_stage_display()}"
