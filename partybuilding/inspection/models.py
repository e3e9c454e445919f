"""The words that the pages may not hold, and what other sites answered when their addresses were last tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

WORD_LENGTH, BETTER_LENGTH, REASON_LENGTH = 40, 80, 200
#: PostgreSQL keeps no longer one in an index.
ADDRESS_LENGTH = 500


class WatchedWord(models.Model):
    """A word that is wrong or not to be used, with what to write instead."""

    word = models.CharField(
        _("word not to be used"),
        max_length=WORD_LENGTH,
        unique=True,
        error_messages={"unique": _("This word stands in the list already.")},
    )
    better = models.CharField(_("better word"), max_length=BETTER_LENGTH, blank=True)
    reason = models.CharField(_("why not"), max_length=REASON_LENGTH, blank=True)

    panels = [FieldPanel("word"), FieldPanel("better"), FieldPanel("reason")]

    class Meta:
        ordering = ["word"]
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")

    def __str__(self) -> str:
        return self.word


class OutsideLink(models.Model):
    """An address of another site as it answered last; it is tried only when somebody asks for it."""

    address = models.CharField(_("address"), max_length=ADDRESS_LENGTH, unique=True)
    #: Why readers would not arrive there; empty when they would.
    fault = models.CharField(_("what is amiss"), max_length=100, blank=True)
    checked_at = models.DateTimeField(_("tried at"))

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")

    def __str__(self) -> str:
        return self.address
