"""What the department learns before it decides: pre-assessments, ratings, experts."""

from collections.abc import Callable

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.words.fields import WordField
from partybuilding.cycles.models import Criterion
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models.project import Project
from partybuilding.projects.states import METHODS


class Assessment(models.Model):
    """One pre-assessment: documents read, a report heard, or a visit; who, when, findings."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    get_method_display: Callable[[], str]
    method = WordField(_("method"), max_length=20, words=METHODS, year="project.cycle_id")
    held_on = models.DateField(_("held on"), default=timezone.localdate)
    participants = models.CharField(_("who took part"), max_length=200)
    findings = models.TextField(_("findings"), max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("pre-assessment")
        verbose_name_plural = _("pre-assessments")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.held_on:%Y-%m-%d}"


class Rating(models.Model):
    """The initial rating (立项初评) on one criterion of the year, in points."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("initial rating")
        verbose_name_plural = _("initial ratings")
        ordering = ["criterion__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "criterion"], name="rated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


class ExpertAssignment(models.Model):
    """A project that an expert group may see, until a day when one is given."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    group = models.ForeignKey(
        ExpertGroup,
        verbose_name=_("expert group"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("expert assignment")
        verbose_name_plural = _("expert assignments")
        constraints = [
            models.UniqueConstraint(fields=["project", "group"], name="assigned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.project}"
