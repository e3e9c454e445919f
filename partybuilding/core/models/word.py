"""The words that a district gave to what the program knows by code (docs/adr/0070-words-as-data.md)."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def fresh_mark() -> int:
    """Return a number that no earlier writing of the words had."""
    return secrets.randbits(40)


class Word(models.Model):
    """One word of a list: as it is today, or as it was when a year opened.

    A list without rows is as it was delivered. `core.words` alone reads the table.
    """

    #: By the sum of the marks everybody sees that something was written.
    mark = models.BigIntegerField(default=fresh_mark, editable=False)
    list = models.CharField(_("list"), max_length=20)
    cycle = models.ForeignKey(
        "partybuilding.Cycle", null=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(_("code"), max_length=20)
    label = models.CharField(pgettext_lazy("word", "label"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"))
    is_retired = models.BooleanField(_("retired"), default=False)
    needs_text = models.BooleanField(_("needs words of its own"), default=False)
    seal = models.CharField(pgettext_lazy("of a field", "seal"), max_length=1, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of a list")
        verbose_name_plural = _("words of lists")
        ordering = ["list", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                condition=models.Q(cycle=None),
                name="word_once_a_list",
            ),
            models.UniqueConstraint(fields=["cycle", "list", "code"], name="word_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.label
