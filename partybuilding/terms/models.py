"""A word of the offices and what it means."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from partybuilding.core.registers.sorting import SortKeyField


class Term(models.Model):
    """A word that residents need not know, with one plain line, and more where it takes more."""

    word = models.CharField(_("word"), max_length=20, unique=True)
    plain = models.CharField(
        _("in plain words"),
        max_length=60,
        help_text=_("One line, as you would say it to a neighbour; it stands beside the word."),
    )
    more = models.TextField(
        _("further explanation"),
        max_length=500,
        blank=True,
        help_text=_("Only on the page of terms, e.g. who does it and when."),
    )
    word_key = SortKeyField(of="word")

    panels = [FieldPanel("word"), FieldPanel("plain"), FieldPanel("more")]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["word_key"]

    def __str__(self) -> str:
        return self.word
