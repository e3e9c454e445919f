"""The decision session: what the department notes project by project until it closes the session."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models.project import Project
from partybuilding.projects.states import GROUNDS, Decision


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

    #: How many of its items are undecided, where `undecided_sessions` read it.
    n: int

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

    #: Its place in the agenda and how long that is, what stands in its way, whether it has a letter:
    #: set by the screens of the session.
    place: int
    total: int
    problems: list[Any]
    has_letter: bool

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
        return GROUNDS.labels(self.grounds, self.project.cycle_id)
