"""The supervision calendar, what was found on a visit, and the rectifications that follow."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from partybuilding.core.models import Attachment, Record
from partybuilding.projects.models import Commitment, Project
from partybuilding.supervision.states import ActivityKind, Found, RectificationState

QUARTERS = [(number, f"Q{number}") for number in range(1, 5)]


class Activity(models.Model):
    """One thing that the rhythm asks for: of a project, in a quarter, once or as often as the rules say."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind of activity"), max_length=20, choices=ActivityKind)
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=QUARTERS)
    number = models.PositiveSmallIntegerField(default=1)
    #: The last day on which it is in time: the end of its quarter, a working day.
    due_on = models.DateField(_("due on"), db_index=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("supervision activity")
        verbose_name_plural = _("supervision activities")
        ordering = ["due_on", "project", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "quarter", "number"], name="activity_once_in_the_rhythm"
            ),
        ]
        indexes = [models.Index(fields=["quarter", "kind", "done_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.project}"

    def is_overdue(self, today: date | None = None) -> bool:
        """Tell whether it should have been done before today."""
        return self.done_on is None and self.due_on < (today or timezone.localdate())


class Visit(models.Model):
    """The record of an activity that was held: who was there, what was seen."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="visit")
    held_on = models.DateField(_("held on"), default=timezone.localdate)
    participants = models.CharField(_("who was there"), max_length=300)
    #: Public with the feedback notice: names and posts only, no numbers of persons.
    summary = models.TextField(_("what was seen"), max_length=3000)
    good_practice = models.TextField(_("good practice"), blank=True, max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    attachments = GenericRelation(Attachment)

    class Meta:
        verbose_name = _("visit record")
        verbose_name_plural = _("visit records")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.activity} {self.held_on:%Y-%m-%d}"


class VisitCheck(models.Model):
    """What was found of one commitment on a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="checks")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="checks")
    found = models.CharField(_("found"), max_length=20, choices=Found)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("check of a commitment")
        verbose_name_plural = _("checks of commitments")
        ordering = ["commitment__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "commitment"], name="checked_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.get_found_display()}"


class Rectification(Record):
    """One finding that is to be put right by a day (整改); closed only when the task force verified it."""

    state = FSMField(
        _("state"),
        default=RectificationState.ISSUED,
        choices=RectificationState,
        editable=False,
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rectifications")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="rectifications")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="rectifications"
    )
    finding = models.CharField(_("finding"), max_length=500)
    requirement = models.CharField(_("what is asked for"), max_length=500)
    #: The deadline as it was first given; lateness is counted against it for ever.
    first_deadline = models.DateField(_("first deadline"))
    rectify_by = models.DateField(_("to be rectified by"))
    report = models.TextField(_("what was done"), blank=True, max_length=2000)
    reported_on = models.DateField(_("reported on"), null=True, editable=False)
    verified_on = models.DateField(_("verified on"), null=True, editable=False)
    attachments = GenericRelation(Attachment)

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.finding

    def rule_value(self, name: str) -> Any:
        """Take a day from the row itself, and numbers of days from the project's year."""
        return getattr(self, name) if hasattr(self, name) else self.project.cycle.rule_value(name)
