"""The case study: the record that decides whether what was written from a project is published."""

from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.cases import permissions, rules
from partybuilding.cases.states import TABLE, CaseState
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import StateField
from partybuilding.core.pages import take_offline
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.spreading.models import SpreadRecord


class CaseQuerySet(models.QuerySet["CaseStudy"]):
    """Lists of case studies."""

    def visible_to(self, user: AnyUser) -> "CaseQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "CaseQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)


_wiring = partial(TABLE.wiring, permissions.user_can_take)


class CaseStudy(SpreadRecord):
    """A case study; organisations, year and field are those of its project."""

    title = models.CharField(_("case title"), max_length=255)
    state = StateField(_("state"), default=CaseState.DRAFT, choices=CaseState, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="cases"
    )
    selected_at = models.DateTimeField(_("selected at"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta(SpreadRecord.Meta):
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def __str__(self) -> str:
        return self.title

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the project's year."""
        return self.project.cycle.rule_value(name)

    @transition(
        field=state,
        **_wiring("submit", rules.project_is_finished, rules.is_written),
    )
    def submit(self, attempt: Attempt) -> None:
        """Hand the case to the department for selection."""

    @transition(
        field=state,
        **_wiring("recall", asks=(asks_reason,)),
    )
    def recall(self, attempt: Attempt) -> None:
        """Take the case back until the department has decided."""

    @transition(field=state, **_wiring("select"))
    def select(self, attempt: Attempt) -> None:
        """Select the case."""
        self.selected_at = attempt.at

    @transition(
        field=state,
        **_wiring("send_back", asks=(asks_reason,)),
    )
    def send_back(self, attempt: Attempt) -> None:
        """Return the case to the editors."""

    @transition(
        field=state,
        **_wiring("decline", asks=(asks_reason,)),
    )
    def decline(self, attempt: Attempt) -> None:
        """Do not select the case, with the reason."""

    @transition(
        field=state,
        **_wiring("take_back", asks=(asks_reason,)),
    )
    def take_back(self, attempt: Attempt) -> None:
        """Undo the decision before the case is published."""
        self.selected_at = None

    @transition(
        field=state,
        **_wiring("reopen", asks=(asks_reason,)),
    )
    def reopen(self, attempt: Attempt) -> None:
        """Let a case that was retracted be published anew."""

    @transition(field=state, **_wiring("publish"))
    def publish(self, attempt: Attempt) -> None:
        """Make the case public; the editorial workflow publishes the page with it."""
        self.published_at = attempt.at

    @transition(
        field=state,
        **_wiring("retract", asks=(asks_reason, asks_words_for_all)),
    )
    def retract(self, attempt: Attempt) -> None:
        """Take a published case back, with a public reason; its page goes offline."""
        take_offline(self, by=attempt.by)
