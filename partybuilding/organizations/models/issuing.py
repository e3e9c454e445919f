"""Who issues papers from a day on, and the numbers that they bear."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from partybuilding.core.words.actors import Actor, name_of
from partybuilding.organizations.models.organization import Organization
from partybuilding.organizations.states import OrganizationKind


class IssuingBody(models.Model):
    """Who issues the papers of the department from a day on, and under which numbers.

    A paper takes what holds on its day and keeps it; a change is a further row, not another text.
    """

    since = models.DateField(
        _("since"), unique=True, help_text=_("Papers of this day and later are issued so.")
    )
    name = models.CharField(_("issuing body"), max_length=100, help_text=_("As it signs, in full."))
    head = models.CharField(
        _("name in the head of letters"),
        max_length=100,
        blank=True,
        help_text=_("Left empty, the head reads as the signature."),
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization of the department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": OrganizationKind.DISTRICT.value},
        help_text=_("Officers of the department are appointed in this organization alone."),
    )
    letter_code = models.CharField(
        _("code letters of letters of the result"),
        max_length=20,
        blank=True,
        help_text=_(
            "E.g. 黔江组 for 黔江组〔2022〕12号. Left empty, these letters carry no number."
        ),
    )
    supervision_code = models.CharField(
        _("code letters of feedback notices"),
        max_length=20,
        blank=True,
        help_text=_(
            "Stand before year and number of a feedback notice; numbers begin anew each year."
        ),
    )

    class Meta:
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def on(cls, day: date) -> "IssuingBody":
        """Return who issues on a day: the last to begin by then, before the first of all the first."""
        rows = cls.objects.order_by("since")
        return (
            rows.filter(since__lte=day).last()
            or rows.first()
            or cls(since=day, name=name_of(Actor.DEPARTMENT_FULL))
        )

    @property
    def head_words(self) -> str:
        """How it reads in the head of a letter."""
        return self.head or self.name

    @staticmethod
    def next_number(code: str, year: int) -> str:
        """Take the next document number of a year, e.g. 黔江组〔2022〕12号; none without code letters."""
        return f"{code}〔{year}〕{NumberSeries.take(code, year)}号" if code else ""


class NumberSeries(models.Model):
    """The numbers given in a year under code letters; the row stays locked till commit, so none is left out."""

    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of document numbers")
        verbose_name_plural = _("series of document numbers")
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="one_series_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"

    @classmethod
    def take(cls, code: str, year: int) -> int:
        """Take the next number; who comes second waits for the first one's transaction to end."""
        series, _made = cls.objects.get_or_create(code=code, year=year)
        cls.objects.filter(pk=series.pk).update(last_number=models.F("last_number") + 1)
        series.refresh_from_db(fields=["last_number"])
        return series.last_number
