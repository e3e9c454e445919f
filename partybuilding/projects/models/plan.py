"""The plan of an application as rows, and the organisations that take part."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.text.validators import NAMED, has_words
from partybuilding.organizations.models import Organization
from partybuilding.projects.models.project import Project
from partybuilding.projects.states import Consent


class Partner(models.Model):
    """An organisation that takes part in a joint application (联合实施)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("partner organization"),
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    consent = models.CharField(
        _("consent"), max_length=20, choices=Consent, default=Consent.ASKED, editable=False
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    #: Empty for those who took part before partners were asked here.
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer_reason = models.CharField(
        _("reason of the refusal"), max_length=500, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organization"], name="partner_once"),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def asked_on(self) -> date:
        """The day on which it was asked."""
        return timezone.localdate(self.asked_at)

    @property
    def has_agreed(self) -> bool:
        """Whether the organisation agreed to take part."""
        return self.consent == Consent.AGREED

    @property
    def agreed_on(self) -> date | None:
        """The day on which it agreed."""
        return timezone.localdate(self.answered_at) if self.has_agreed else None


class PlanStep(models.Model):
    """One step of the plan: task, goal, deadline and person."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="plan_steps")
    order = models.PositiveSmallIntegerField(default=0)
    task = models.CharField(_("task"), max_length=200, blank=True)
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    person = models.CharField(_("responsible person"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("plan step")
        verbose_name_plural = _("plan steps")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.task

    @property
    def is_complete(self) -> bool:
        """Whether task, goal, deadline and person are given."""
        return bool(
            has_words(self.task, NAMED)
            and has_words(self.goal, NAMED)
            and self.deadline
            and self.person.strip()
        )
