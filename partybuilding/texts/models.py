"""The versions of edited texts."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Text(models.Model):
    """One version of a text; it is never changed, and the newest is in use."""

    code = models.CharField(_("text"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("words"))
    #: What the software was delivered with when it was written: whether it is one's own, and what is newer.
    delivered = models.TextField(_("delivered words"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = models.CharField(_("name"), max_length=150, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_text_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def is_own(self) -> bool:
        """Whether the department wrote it; otherwise it is the delivered text, kept because a paper names it."""
        return self.body != self.delivered
