"""An objection to a result that is open to comment: received, examined, upheld or dismissed."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.types import AnyUser
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.models.run import Run
from partybuilding.evaluation.states import OBJECTIONS, OPEN_OBJECTIONS, ObjectionState
from partybuilding.projects.models import Project


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Lists of objections."""

    def visible_to(self, user: AnyUser) -> "ObjectionQuerySet":
        """Keep what this user may see."""
        return permissions.department_only(self, user)

    def waiting_for(self, user: AnyUser) -> "ObjectionQuerySet":
        """Keep what waits for this user."""
        return permissions.objections_waiting_for(self, user)

    def open(self) -> "ObjectionQuerySet":
        """Keep what has no answer yet."""
        return self.filter(state__in=OPEN_OBJECTIONS)


_wiring = partial(OBJECTIONS.wiring, permissions.user_can_take_objection)


class Objection(Record):
    """What somebody objects to in a result (异议), signed, with a way to answer."""

    state = StateField(
        _("state"), default=ObjectionState.RECEIVED, choices=ObjectionState, editable=False
    )
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="objections")
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objections",
    )
    number = models.CharField(_("receipt number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name of the person or organization"), max_length=60)
    contact = models.CharField(_("telephone or address"), max_length=100)
    text = models.TextField(_("objection and reason"), max_length=2000)
    #: Received by the form on the site, or entered by staff from a letter, a call or a visit.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.number

    def rule_value(self, name: str) -> Any:
        """Take the days to answer from the rules of the evaluation."""
        return getattr(self.run.cycle.evaluation, name)

    @transition(field=state, **_wiring("examine"))
    def examine(self, attempt: Attempt) -> None:
        """Take it up."""

    @transition(field=state, **_wiring("uphold", asks=(rules.asks_answer,)))
    def uphold(self, attempt: Attempt) -> None:
        """Agree to it; the run is discarded with it."""
        self.answer, self.answered_at = attempt.reason, attempt.at

    @transition(field=state, **_wiring("dismiss", asks=(rules.asks_answer,)))
    def dismiss(self, attempt: Attempt) -> None:
        """Answer why the result stands."""
        self.answer, self.answered_at = attempt.reason, attempt.at
