"""The ledger of awards: for each organisation of a graded project its bonus points and money."""

from datetime import date
from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import GradeClass
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.models.run import Run
from partybuilding.evaluation.states import AWARDS, AwardState
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project


class AwardQuerySet(models.QuerySet["Award"]):
    """Lists of awards."""

    def visible_to(self, user: AnyUser) -> "AwardQuerySet":
        """Keep what this user may see."""
        return permissions.awards_visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "AwardQuerySet":
        """Keep what waits for this user."""
        return permissions.awards_waiting_for(self, user)


_wiring = partial(AWARDS.wiring, permissions.user_can_take)


class Award(Record):
    """What an organisation receives for a graded project (考核加分、奖补资金), made when results are announced."""

    state = StateField(_("state"), default=AwardState.APPROVED, choices=AwardState, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="awards")
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="awards"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="awards",
    )
    grade = models.ForeignKey(
        GradeClass, verbose_name=_("grade"), on_delete=models.PROTECT, related_name="+"
    )
    points = models.DecimalField(_("bonus points"), max_digits=5, decimal_places=2)
    yuan = models.PositiveIntegerField(_("award (yuan)"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    receipt = models.CharField(
        _("number of the receipt"), max_length=60, blank=True, editable=False
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-project__cycle__year", "project__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organization"], name="one_award_an_organization"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code} {self.organization}"

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the year."""
        return self.project.cycle.rule_value(name)

    @transition(field=state, **_wiring("pay", asks=(rules.asks_payment,)))
    def pay(self, attempt: Attempt) -> None:
        """Record that the money was paid."""
        self.paid_on = date.fromisoformat(attempt.data["paid_on"])
        self.receipt = attempt.data["receipt"]

    @transition(field=state, **_wiring("take_back_payment", asks=(asks_reason,)))
    def take_back_payment(self, attempt: Attempt) -> None:
        """Take a wrong entry back; the trail keeps it."""
        self.paid_on, self.receipt = None, ""
