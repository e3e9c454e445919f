"""What belongs to scoring beside the sheets: statements, conflicts, day-to-day ratings, explanations, gaps."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.states import ScorePart
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project


class RecusalStatement(models.Model):
    """Somebody's statement, before any sheet of a year is shown, that no interest ties them to its projects."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="statements")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusal_statements"
    )
    at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("recusal statement")
        verbose_name_plural = _("recusal statements")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "user"], name="one_statement_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.cycle}"


class Conflict(models.Model):
    """A conflict of interest that the registers cannot know: declared by an expert or the department."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_conflicts"
    )
    reason = models.CharField(_("reason"), max_length=300)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_conflict_a_project"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.project}"


class DailyRating(models.Model):
    """The day-to-day rating (日常了解) of a project by its unit or the task force, with the facts of that day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="daily_ratings")
    side = models.CharField(_("rated by"), max_length=20, choices=Role)
    points = models.DecimalField(
        _("points"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    remark = models.TextField(_("remarks"), blank=True, max_length=1000)
    #: What the system knew when it was rated, in words and figures.
    facts = models.JSONField(default=list, editable=False)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    rated_at = models.DateTimeField(_("rated at"), default=timezone.now)

    class Meta:
        verbose_name = _("day-to-day rating")
        verbose_name_plural = _("day-to-day ratings")
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["project", "side"], name="one_daily_rating_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_side_display()}"


class Disagreement(models.Model):
    """What a group's leader says of a project on which its experts lie far apart; no score changes by it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="disagreement")
    group = models.ForeignKey(ExpertGroup, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("explanation of the group"), max_length=1000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("explanation of a disagreement")
        verbose_name_plural = _("explanations of disagreements")

    def __str__(self) -> str:
        return f"{self.group} {self.project}"


class Absence(models.Model):
    """Why a project has no points in a part of the result; recorded, never imputed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="absences")
    part = models.CharField(_("part of the result"), max_length=10, choices=ScorePart)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("missing part of a result")
        verbose_name_plural = _("missing parts of results")
        constraints = [
            models.UniqueConstraint(fields=["project", "part"], name="one_absence_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_part_display()}"
