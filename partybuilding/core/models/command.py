"""How each command that runs by the clock ended last: what a probe asks, and what an operator reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommandRun(models.Model):
    """One command: its last run, and its last one that went well."""

    command = models.CharField(_("command"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"))
    #: Nothing while no run has ever gone well.
    succeeded_at = models.DateTimeField(_("went well at"), null=True)
    #: What the last run could not do, in one line; empty when it went well.
    error = models.CharField(pgettext_lazy("command", "fault"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a command")
        verbose_name_plural = _("runs of commands")
        ordering = ["command"]

    def __str__(self) -> str:
        return self.command
