"""The rules by which a year is judged, beside its weights and grades: sheets, links, method, ties, periods."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.states import Method, TieRule

#: The rules that are one value each, beside the step and the method.
OPTIONS = (
    "sheets_needed",
    "cross_sheets",
    "spread_fields",
    "peer_reviews",
    "robust",
    "standardise",
    "notice_days",
    "objection_days",
    "disagreement",
    "budget_yuan",
)


def default_ties() -> list[str]:
    """Return what decides between equal results until a year says otherwise."""
    return [str(rule) for rule in TieRule]


class EvaluationRules(ClusterableModel):
    """How a year is judged (评审规则); frozen with the rules of the year, or supplemented once later."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="evaluation")
    step = models.DecimalField(
        _("smallest step of points"), max_digits=2, decimal_places=1, default="0.5"
    )
    sheets_needed = models.PositiveSmallIntegerField(
        _("sheets needed per project"), default=5, validators=[MinValueValidator(1)]
    )
    cross_sheets = models.PositiveSmallIntegerField(
        _("projects of other groups per expert"), default=3, validators=[MaxValueValidator(10)]
    )
    spread_fields = models.BooleanField(_("spread fields and units over the groups"), default=True)
    peer_reviews = models.PositiveSmallIntegerField(
        _("projects that each organization reviews"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    method = models.CharField(
        _("method"), max_length=20, choices=Method, default=Method.TWO_WAY_TRIMMED
    )
    robust = models.BooleanField(_("cautious correction"), default=False)
    standardise = models.BooleanField(_("bring all parts to one spread"), default=False)
    ties = models.JSONField(_("order of what decides between equal results"), default=default_ties)
    notice_days = models.PositiveSmallIntegerField(
        _("working days of public comment"), default=5, validators=[MinValueValidator(1)]
    )
    objection_days = models.PositiveSmallIntegerField(
        _("working days to answer an objection"), default=5, validators=[MinValueValidator(1)]
    )
    disagreement = models.PositiveSmallIntegerField(
        _("range of points that the group explains"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    budget_yuan = models.PositiveIntegerField(
        _("budget of the awards (yuan)"), null=True, blank=True
    )
    #: Why the rules were given after the year's own rules had frozen; empty when frozen with them.
    supplemented = models.TextField(_("reason"), blank=True, editable=False)
    frozen_at = models.DateTimeField(_("rules frozen at"), null=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        verbose_name = _("rules of the evaluation")
        verbose_name_plural = _("rules of the evaluation")

    def __str__(self) -> str:
        return str(self.cycle)

    @property
    def is_frozen(self) -> bool:
        """Whether the year is judged by them, so that they can no longer be changed."""
        return self.frozen_at is not None

    def criteria_of(self, *, peers: bool) -> list["SheetCriterion"]:
        """Return the criteria of the experts' sheets, or of the peers', in their order."""
        return [one for one in self.criteria.all() if one.for_peers == peers]

    def written(self) -> dict[str, Any]:
        """Return them as data, so that their digest can be kept."""
        return {
            "step": f"{Decimal(self.step):g}",
            **{name: getattr(self, name) for name in OPTIONS},
            "method": str(self.method),
            "ties": [str(rule) for rule in self.ties],
            "criteria": [
                [one.for_peers, one.name, one.description, one.points]
                for one in self.criteria.all()
            ],
        }

    def freeze(self) -> None:
        """Mark them as in use."""
        self.frozen_at = self.frozen_at or timezone.now()


class SheetCriterion(Orderable):
    """One criterion of a score sheet, with the points it can give."""

    rules = ParentalKey(EvaluationRules, on_delete=models.CASCADE, related_name="criteria")
    for_peers = models.BooleanField(_("for the peers' sheet"), default=False)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what is looked at"), max_length=300, blank=True)
    points = models.PositiveSmallIntegerField(
        _("points"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("criterion of a score sheet")
        verbose_name_plural = _("criteria of a score sheet")

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Its key in the points of a sheet."""
        return str(self.pk)


#: What a year starts with: criteria of experts and of peers (domain.md, section 3).
DELIVERED: tuple[tuple[bool, Any, Any, int], ...] = (
    (
        False,
        _("State of the project"),
        _("What was promised was done, in time and with evidence; files and site agree."),
        30,
    ),
    (
        False,
        _("Distinctiveness"),
        _("It has features of its own, can be told apart from others and remembered."),
        30,
    ),
    (
        False,
        _("Effect on the problem"),
        _("The problem named in the application was solved; people feel it; figures show it."),
        40,
    ),
    (
        True,
        _("Progress"),
        _("What was promised for the first half was done."),
        40,
    ),
    (
        True,
        _("Worth learning from"),
        _("Ways that one's own organization could use."),
        60,
    ),
)
