"""A question on a report of a step: answered by the applicant, judged by the side that asked."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField, due_first
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.states import Role, State
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import Organization
from partybuilding.progress import permissions, rules
from partybuilding.progress.models.report import StepReport
from partybuilding.progress.states import QUESTIONS, QuestionState
from partybuilding.projects.models import CommitmentStep, Project


class StepQuestionQuerySet(models.QuerySet["StepQuestion"]):
    """Lists of questions."""

    def visible_to(self, user: AnyUser) -> "StepQuestionQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "StepQuestionQuerySet":
        """Keep what waits for this user."""
        return permissions.questions_waiting_for(self, user)

    def unsettled(self) -> "StepQuestionQuerySet":
        """Keep what is neither accepted nor taken back."""
        return self.filter(state__in=(QuestionState.OPEN, QuestionState.ANSWERED))


_wiring = partial(QUESTIONS.wiring, permissions.user_can_take_question)


class StepQuestion(Record):
    """One question on one report (核实); the step stays closed until the completion is taken back."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("words",)

    state = StateField(
        _("state"), default=QuestionState.OPEN, choices=QuestionState, editable=False
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="questions")
    step = models.ForeignKey(CommitmentStep, on_delete=models.PROTECT, related_name="questions")
    report = models.ForeignKey(StepReport, on_delete=models.PROTECT, related_name="questions")
    words = models.TextField(_("question"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: The side that asked, and judges the answer.
    asked_as = models.CharField(_("asked by"), max_length=20, choices=Role)
    answer_words = models.TextField(_("answer"), blank=True, max_length=1000)
    #: Public when the completion was taken back.
    outcome = models.TextField(_("outcome"), blank=True, max_length=2000)

    objects = StepQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question on a report")
        verbose_name_plural = _("questions on reports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["asked_as", "state", "due_on"], name="question_desk"),
            due_first("question_due_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["step"],
                condition=models.Q(state__in=("open", "answered")),
                name="question_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Question: %(step)s") % {"step": self.step})

    @property
    def is_open(self) -> bool:
        """Whether it is neither accepted nor taken back."""
        return self.state in (QuestionState.OPEN, QuestionState.ANSWERED)

    @property
    def state_row(self) -> State:
        """The row of the table; of the sides that judge, the one that asked has it."""
        row = super().state_row
        if self.state != QuestionState.ANSWERED:
            return row
        return replace(row, holders=(Role(self.asked_as),))

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the project's year."""
        return self.project.cycle.rule_value(name)

    def place_of(self, role: Role) -> Organization | None:
        """Return the leading organisation for applicants, and its unit for reviewers."""
        return self.project.place_of(role)

    @transition(
        field=state,
        **_wiring(
            "answer",
            rules.is_kept_to_answer,
            asks=(rules.asks_explanation,),
        ),
    )
    def answer(self, attempt: Attempt) -> None:
        """Explain what the report rests on."""
        self.answer_words = attempt.reason

    @transition(field=state, **_wiring("settle"))
    def settle(self, attempt: Attempt) -> None:
        """Accept the report; what was added to it becomes public."""
        self.outcome = attempt.reason

    @transition(
        field=state,
        **_wiring(
            "uphold",
            rules.is_carried_out,
            rules.had_its_answer,
            asks=(asks_reason, asks_words_for_all),
        ),
    )
    def uphold(self, attempt: Attempt) -> None:
        """Take the completion back, with a public reason; the step is open again."""
        self.outcome = attempt.reason
        self.step.open_again()
