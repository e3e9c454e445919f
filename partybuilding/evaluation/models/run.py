"""A run: everything that a year's grades rest on, and what followed from it, kept word for word."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.states import RUNS, RunState
from partybuilding.evaluation.wording import CERTIFICATE, EXPLANATION
from partybuilding.texts.services import texts_kept


class RunQuerySet(models.QuerySet["Run"]):
    """Lists of runs."""

    def visible_to(self, user: AnyUser) -> "RunQuerySet":
        """Keep what this user may see."""
        return permissions.department_only(self, user)

    def waiting_for(self, user: AnyUser) -> "RunQuerySet":
        """Keep what waits for this user."""
        return permissions.runs_waiting_for(self, user)

    def standing(self) -> "RunQuerySet":
        """Keep what was not discarded."""
        return self.exclude(state=RunState.DISCARDED)

    def frozen(self) -> "RunQuerySet":
        """Keep what can no longer be overridden: frozen, open to comment, announced."""
        return self.filter(state__in=rules.FIXED)


_wiring = partial(RUNS.wiring, permissions.user_can_take)


class Run(Record):
    """One run of the evaluation of a year (评审计算)."""

    state = StateField(_("state"), default=RunState.COMPUTED, choices=RunState, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField(_("number of the run"), editable=False)
    #: Rules and points without a name, as `arithmetic.written` writes them.
    inputs = models.JSONField(editable=False)
    result = models.JSONField(editable=False)
    #: By the random name in the run: the project's, the organisation's and the expert's key.
    names = models.JSONField(default=dict, editable=False)
    #: What the department gave against the ranking: project, grade, reason, by whom and when.
    overrides = models.JSONField(default=list, editable=False)
    firmness = models.JSONField(default=dict, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    seals_root = models.CharField(_("root of the seals"), max_length=64, blank=True, editable=False)
    seals_count = models.PositiveIntegerField(default=0, editable=False)
    program = models.CharField(_("version of the program"), max_length=40, editable=False)
    computed_at = models.DateTimeField(_("computed at"), default=timezone.now, editable=False)
    notice_opens_on = models.DateField(_("open to comment from"), null=True, editable=False)
    notice_ends_on = models.DateField(_("open to comment until"), null=True, editable=False)
    #: The public reason for which it was discarded after it had been open to comment.
    discarded_for = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of the evaluation")
        verbose_name_plural = _("runs of the evaluation")
        ordering = ["-cycle__year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="run_number_once_a_year"),
        ]

    def __str__(self) -> str:
        return str(_("%(cycle)s, run %(number)s") % {"cycle": self.cycle, "number": self.number})

    @property
    def is_preview(self) -> bool:
        """Whether grades can still be overridden."""
        return self.state == RunState.COMPUTED

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the result, the best first."""
        return list(self.result["rows"])

    def digest_now(self) -> str:
        """Return the digest of what is stored now."""
        return digest({"inputs": self.inputs, "result": self.result})

    def rule_value(self, name: str) -> Any:
        """Return the last day of the public comment."""
        values: dict[str, date | None] = {"notice_ends_on": self.notice_ends_on}
        return values[name]

    @transition(field=state, **_wiring("fix", rules.no_other_run_is_frozen))
    def fix(self, attempt: Attempt) -> None:
        """Freeze it: its digest is public from now on."""
        self.digest = self.digest_now()

    @transition(field=state, **_wiring("open_comment", rules.stored_as_frozen))
    def open_comment(self, attempt: Attempt) -> None:
        """Open the result to comment for the working days of the year's rules, from tomorrow on."""
        today = timezone.localdate(attempt.at)
        self.notice_opens_on = add_working_days(today, 1)
        self.notice_ends_on = add_working_days(today, self.cycle.evaluation.notice_days)

    @transition(
        field=state,
        **_wiring(
            "announce",
            rules.comment_is_over,
            rules.no_objection_is_open,
            rules.stored_as_frozen,
            rules.year_is_judged,
        ),
    )
    def announce(self, attempt: Attempt) -> None:
        """Announce it: every project has its grade with it, and the year is announced."""

    @transition(field=state, **_wiring("set_aside", asks=(asks_reason, asks_words_for_all)))
    def set_aside(self, attempt: Attempt) -> None:
        """Put it aside; a new one can be computed."""
        self.discarded_for = attempt.reason

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep in the trail the digest, and the texts in which the papers are written from now on."""
        if not self.digest:
            return {}
        kept = {"digest": self.digest, "seals": self.seals_root}
        papers = attempt.step in ("open_comment", "announce")
        return kept | (texts_kept(EXPLANATION, CERTIFICATE) if papers else {})
