"""One opinion of a resident: what was written, where it stands, what was answered; and the lists of them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition
from wagtail.search import index

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField, due_first
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.states import Role, State
from partybuilding.core.words.fields import WordField
from partybuilding.cycles.models import Cycle
from partybuilding.opinions import permissions, rules
from partybuilding.opinions.models.queries import OpinionQuerySet
from partybuilding.opinions.states import (
    OUTCOMES,
    REFUSALS,
    TABLE,
    TABLE_OF_DEPARTMENT,
    OpinionState,
    Withheld,
)
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Commitment, Project

TEXT_LENGTH = 1000
CONTACT_LENGTH = 60
#: The days that the row itself holds; its states are due on them.
CLOCK = ("accept_by", "answer_by")


_wiring = partial(TABLE.wiring, permissions.user_can_take)


class Opinion(index.Indexed, Record):
    """An opinion; nobody signed in to write it, so it has no author, only a number and a hashed code."""

    #: The columns of its index of pairs of characters (`core.registers.words`).
    paired = ("number", "text")

    state = StateField(
        _("state"), default=OpinionState.RECEIVED, choices=OpinionState, editable=False
    )
    #: The receipt number; days and a number that cannot be counted on.
    number = models.CharField(_("receipt number"), max_length=20, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, editable=False)
    #: Names the form that was sent, so that sending it twice writes it once.
    submission = models.CharField(max_length=64, unique=True, editable=False)
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="opinions"
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        on_delete=models.PROTECT,
        related_name="opinions",
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("commitment"),
        null=True,
        on_delete=models.PROTECT,
        related_name="opinions",
    )
    #: The reporting unit that has it; the department itself when there is none.
    unit = models.ForeignKey(
        Organization,
        verbose_name=_("reporting unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="opinions",
    )
    text = models.TextField(pgettext_lazy("of a resident", "opinion"), max_length=TEXT_LENGTH)
    contact = models.CharField(_("contact of the sender"), max_length=CONTACT_LENGTH, blank=True)
    contact_cleared_at = models.DateTimeField(null=True, editable=False)
    #: Names those that say the same: the digest of the words of the first of them.
    fingerprint = models.CharField(max_length=64, editable=False)
    is_similar = models.BooleanField(_("one of many alike"), default=False, editable=False)
    accept_by = models.DateField(_("to be taken up by"), editable=False)
    answer_by = models.DateField(_("to be answered by"), editable=False)
    accepted_on = models.DateField(_("taken up on"), null=True, editable=False)
    is_extended = models.BooleanField(_("time extended"), default=False, editable=False)
    answer = models.TextField(
        pgettext_lazy("to an opinion", "answer"),
        max_length=rules.ANSWER_LENGTH,
        blank=True,
        editable=False,
    )
    get_outcome_display: Callable[[], str]
    get_refusal_display: Callable[[], str]
    outcome = WordField(
        pgettext_lazy("of an opinion", "outcome"),
        max_length=20,
        words=OUTCOMES,
        year="cycle_id",
        blank=True,
        editable=False,
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    refusal = WordField(
        _("why it is not taken up"),
        max_length=20,
        words=REFUSALS,
        year="cycle_id",
        blank=True,
        editable=False,
    )
    #: What the sender reads beside the state: why it was not taken up, or takes longer.
    said = models.TextField(_("words to the sender"), blank=True, editable=False)
    #: When it was answered or refused: what lateness is counted by.
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_question = models.TextField(_("question as published"), blank=True, editable=False)
    withheld = models.CharField(
        _("why it is not published"), max_length=20, choices=Withheld, blank=True, editable=False
    )

    objects = OpinionQuerySet.as_manager()

    search_fields = [
        index.SearchField("published_question"),
        index.SearchField("answer"),
        index.FilterField("id"),
    ]
    #: Most of what is written of an opinion is read by nobody outside: only these entries of its trail matter.
    search_auto_update = False
    search_steps = ("publish", "withhold")

    class Meta:
        verbose_name = pgettext_lazy("of a resident", "opinion")
        verbose_name_plural = pgettext_lazy("of residents", "opinions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["fingerprint", "created_at"]),
            models.Index(fields=["created_at"]),
            models.Index(fields=["published_at"]),
            models.Index(fields=["state_since"]),
            due_first("opinion_due_first"),
            models.Index(
                fields=["state", "published_at", "withheld", "unit", "is_similar", "due_on"],
                name="opinion_desk",
            ),
            models.Index(fields=["state", "answer_by"], name="opinion_answer_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(withheld=""),
                name="opinion_published_or_withheld",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | ~models.Q(published_question=""),
                name="opinion_published_with_its_question",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Opinion %(number)s") % {"number": self.number})

    def row_of(self, state: str) -> State:
        """Return the row of a state; what no unit has, the department has."""
        return (TABLE if self.unit_id else TABLE_OF_DEPARTMENT).state(state)

    @classmethod
    def get_indexed_objects(cls) -> OpinionQuerySet:
        """Return what may be found: the exchanges that everybody may read."""
        return cls.objects.published()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.closed_on is None

    @property
    def days_late(self) -> int:
        """By how many days the answer came late, or is late today; zero when it is in time."""
        return max(((self.closed_on or timezone.localdate()) - self.answer_by).days, 0)

    @property
    def is_decided(self) -> bool:
        """Whether the department said if all may read it."""
        return self.published_at is not None or bool(self.withheld)

    def rule_value(self, name: str) -> Any:
        """Take days from the row itself, and numbers of days from the year's rules."""
        return getattr(self, name) if name in CLOCK else self.cycle.rule_value(name)

    def place_of(self, role: Role) -> Organization | None:
        """Return the unit that has it for reviewers."""
        return self.unit if role == Role.UNIT else None

    def start_clock(self, day: date) -> None:
        """Set by when it is to be taken up and answered, in working days from its receipt."""
        self.accept_by = add_working_days(day, self.rule_value("opinion_accept_days"))
        self.answer_by = add_working_days(day, self.rule_value("opinion_answer_days"))

    def taken_up_anew_by(self, day: date) -> date:
        """Return by when another unit takes it up that gets it on a day; never after the answer is due."""
        anew = add_working_days(day, self.rule_value("opinion_accept_days"))
        return min(anew, self.answer_by)

    def units_to_pass_to(self) -> models.QuerySet[Organization]:
        """Return the reporting units that do not have it."""
        return Organization.objects.reporting_units().exclude(pk=self.unit_id or 0)

    @transition(field=state, **_wiring("accept"))
    def accept(self, attempt: Attempt) -> None:
        """Take it up."""
        self.accepted_on = self.accepted_on or timezone.localdate(attempt.at)

    @transition(
        field=state,
        **_wiring("draft", asks=(rules.asks_answer,)),
    )
    def draft(self, attempt: Attempt) -> None:
        """Write the answer down, for the department to approve."""
        self.answer = attempt.data["answer"].strip()
        self.outcome = attempt.data["outcome"]
        assert attempt.by.is_authenticated
        self.drafted_by = attempt.by

    @transition(field=state, **_wiring("approve", rules.has_draft))
    def approve(self, attempt: Attempt) -> None:
        """Let the sender read the answer."""
        self.closed_on = timezone.localdate(attempt.at)

    @transition(
        field=state,
        **_wiring("send_back", asks=(asks_reason,)),
    )
    def send_back(self, attempt: Attempt) -> None:
        """Return the draft to whoever wrote it."""

    @transition(
        field=state,
        **_wiring("transfer", asks=(rules.asks_unit, asks_reason)),
    )
    def transfer(self, attempt: Attempt) -> None:
        """Pass it on: the other unit takes it up in time, and the time to answer runs on."""
        self.unit = self.units_to_pass_to().get(pk=attempt.data["unit"])
        self.accept_by = self.taken_up_anew_by(timezone.localdate(attempt.at))
        self.accepted_on = None

    @transition(
        field=state,
        **_wiring("prolong", rules.not_extended, asks=(asks_reason, asks_words_for_all)),
    )
    def prolong(self, attempt: Attempt) -> None:
        """Give the answer more time, counted from the receipt."""
        received = timezone.localdate(self.created_at)
        longer = add_working_days(received, self.rule_value("opinion_extended_days"))
        self.is_extended, self.answer_by = True, max(longer, self.answer_by)
        self.said = attempt.reason

    @transition(
        field=state,
        **_wiring("refuse", asks=(rules.asks_refusal, asks_reason, asks_words_for_all)),
    )
    def refuse(self, attempt: Attempt) -> None:
        """Do not take it up, and say why."""
        self.refusal, self.said = attempt.data["refusal"], attempt.reason
        self.closed_on = timezone.localdate(attempt.at)
