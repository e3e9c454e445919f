"""How often what residents may read has changed (docs/adr/0042-whole-answers.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One of the counters of a part of the content; their sum is the part's version.

    Every transaction that writes to the part adds one to a counter that no other transaction holds, so
    writers never wait for each other. `core.answers` alone reads and writes it.
    """

    part = models.CharField(_("part"), max_length=20)
    count = models.BigIntegerField(_("count"))

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self) -> str:
        return f"{self.part} {self.count}"
