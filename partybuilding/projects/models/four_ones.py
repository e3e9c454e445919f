"""The four ones of a project (四个一): who holds which duty from which day to which, kept as history."""

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.cycles.models import Criterion, Cycle
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models.project import Project
from partybuilding.projects.states import Decision, Duty, Ground, Method


class FourOnesQuerySet(models.QuerySet["FourOnesPost"]):
    """Lists of those who hold, held and will hold the duties."""

    def on(self, day: date | None = None) -> "FourOnesQuerySet":
        """Keep who holds a duty on a day, today when none is given."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def effective(self) -> "FourOnesQuerySet":
        """Leave out what was replaced before it took effect."""
        return self.filter(Q(until=None) | Q(until__gte=F("since")))


class FourOnesPost(models.Model):
    """One of the four ones (四个一), from a day to a day: post, person, duty and time fixed.

    A row is never overwritten or removed. One that was replaced before or on the day on which it
    began never took effect: it ends before it begins, so that no day has two holders.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="four_ones")
    duty = models.CharField(_("duty"), max_length=20, choices=Duty)
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=100, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account of the person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="four_ones",
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = FourOnesQuerySet.as_manager()

    class Meta:
        verbose_name = _("four ones")
        verbose_name_plural = _("four ones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "duty"],
                condition=models.Q(until=None),
                name="four_ones_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.name}"

    @property
    def is_effective(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.until is None or self.until >= self.since

    def holds_on(self, day: date) -> bool:
        """Tell whether the duty is held by this row on a day; `FourOnesQuerySet.on` in Python."""
        return self.since <= day and (self.until is None or self.until >= day)


class Assessment(models.Model):
    """One pre-assessment: documents read, a report heard, or a visit; who, when, findings."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    method = models.CharField(_("method"), max_length=20, choices=Method)
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


class DecisionSession(models.Model):
    """One sitting; its decisions take effect together when it is closed, and can be undone until then."""

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="sessions"
    )
    title = models.CharField(_("session title"), max_length=100)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("decision session")
        verbose_name_plural = _("decision sessions")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(closed_at=None), name="one_open_session_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether decisions can still be noted and undone."""
        return self.closed_at is None


class SessionItem(models.Model):
    """One project before the session, with the decision noted for it."""

    session = models.ForeignKey(DecisionSession, on_delete=models.CASCADE, related_name="items")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="session_items")
    order = models.PositiveIntegerField(default=0)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision, blank=True)
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    quota_reason = models.CharField(_("reason for exceeding the quota"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: What the door said when the session was closed; empty when the decision took effect.
    refusal = models.CharField(_("refusal"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("session item")
        verbose_name_plural = _("session items")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "project"], name="once_in_a_session"),
        ]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def ground_labels(self) -> list[str]:
        """The words of the noted grounds."""
        return [str(Ground(code).label) for code in self.grounds]
