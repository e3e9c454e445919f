"""The programme year: its window, rules, topics, criteria and grade classes."""

from datetime import date
from functools import partial
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason
from partybuilding.core.types import AnyUser
from partybuilding.core.words.fields import WordField
from partybuilding.cycles import rules
from partybuilding.cycles.permissions import user_can_take, visible_to
from partybuilding.cycles.states import TABLE, CycleState, DecidedBy, PreAssessment
from partybuilding.organizations.states import SECTORS

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


_wiring = partial(TABLE.wiring, user_can_take)


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Lists of programme years."""

    def visible_to(self, user: AnyUser) -> "CycleQuerySet":
        """Keep what this user may see."""
        return visible_to(self, user)

    def open_on(self, today: date) -> "CycleQuerySet":
        """Keep the years whose window is open on a day."""
        return self.filter(
            state=CycleState.APPLYING,
            applications_open__lte=today,
            applications_close__gte=today,
        )


class Cycle(Record, ClusterableModel):
    """One programme year (年度批次); its rules freeze when applications open."""

    year = models.PositiveSmallIntegerField(_("year of the programme"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    state = StateField(_("state"), default=CycleState.PREPARING, choices=CycleState, editable=False)
    applications_open = models.DateField(_("applications open on"))
    applications_close = models.DateField(_("applications close on"))
    starts_on = models.DateField(_("implementation starts on"))
    ends_on = models.DateField(_("implementation ends on"))
    midterm_review_on = models.DateField(_("mid-term peer review on"))
    results_due_on = models.DateField(_("results due on"))
    review_on = models.DateField(_("year-end review on"))

    first_review_days = models.PositiveSmallIntegerField(_("days for first review"), default=5)
    return_days = models.PositiveSmallIntegerField(
        _("days to mend a returned application"), default=5
    )
    decision_days = models.PositiveSmallIntegerField(_("days to decide"), default=20)
    commitment_days = models.PositiveSmallIntegerField(_("days to submit commitments"), default=10)
    publication_days = models.PositiveSmallIntegerField(_("days to publish commitments"), default=5)
    archive_days = models.PositiveSmallIntegerField(_("days to archive"), default=30)
    recognition_days = models.PositiveSmallIntegerField(_("days to recognise a brand"), default=20)
    selection_days = models.PositiveSmallIntegerField(_("days to select a case"), default=20)
    case_days = models.PositiveSmallIntegerField(_("days to publish a case"), default=10)
    change_days = models.PositiveSmallIntegerField(
        _("days to decide a change of a commitment"), default=5
    )
    question_days = models.PositiveSmallIntegerField(
        _("days to answer a question on evidence"), default=5
    )
    rectification_days = models.PositiveSmallIntegerField(
        _("days to rectify a finding"), default=10
    )
    verification_days = models.PositiveSmallIntegerField(
        _("days to verify a rectification"), default=5
    )
    opinion_accept_days = models.PositiveSmallIntegerField(
        _("days to accept an opinion"), default=3
    )
    opinion_answer_days = models.PositiveSmallIntegerField(
        _("days to answer an opinion"), default=7
    )
    opinion_extended_days = models.PositiveSmallIntegerField(
        _("days to answer an opinion after an extension"), default=15
    )

    first_review = models.BooleanField(_("first review by the reporting units"), default=True)
    pre_assessment = models.CharField(
        _("pre-assessment before approval"),
        max_length=10,
        choices=PreAssessment,
        default=PreAssessment.ANY,
    )
    decided_by = models.CharField(
        _("way of deciding"), max_length=10, choices=DecidedBy, default=DecidedBy.EITHER
    )

    approval_quota = models.PositiveSmallIntegerField(_("number of projects to approve"))
    weight_expert = models.PositiveSmallIntegerField(
        _("weight of expert scores"), default=50, validators=PERCENT
    )
    weight_daily = models.PositiveSmallIntegerField(
        _("weight of day-to-day knowledge"), default=20, validators=PERCENT
    )
    weight_initial = models.PositiveSmallIntegerField(
        _("weight of the initial rating"), default=10, validators=PERCENT
    )
    weight_peer = models.PositiveSmallIntegerField(
        _("weight of peer review"), default=20, validators=PERCENT
    )
    dispatches_per_quarter = models.PositiveSmallIntegerField(_("dispatches a quarter"), default=1)
    supervisions_per_quarter = models.PositiveSmallIntegerField(
        _("site supervisions a quarter"), default=1
    )
    notices_per_quarter = models.PositiveSmallIntegerField(
        _("feedback notices a quarter"), default=1
    )
    observations_per_half_year = models.PositiveSmallIntegerField(
        _("observations a half-year"), default=1
    )
    rules_frozen_at = models.DateTimeField(_("rules frozen at"), null=True, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme year")
        verbose_name_plural = _("programme years")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(applications_close__gte=models.F("applications_open")),
                name="cycle_window_has_length",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="cycle_has_length"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_frozen(self) -> bool:
        """Whether the rules were used and may no longer be changed."""
        return self.rules_frozen_at is not None

    @property
    def last_day(self) -> date:
        """The last of its dates: work, results and review."""
        return max(self.ends_on, self.results_due_on, self.review_on)

    def weights_total(self) -> int:
        """Add up the weights of the year-end review, in percent."""
        return self.weight_expert + self.weight_daily + self.weight_initial + self.weight_peer

    def rule_value(self, name: str) -> Any:
        """Return a rule by name; due dates of this year's projects are computed from them."""
        return getattr(self, name)

    def take_number(self) -> str:
        """Take the next receipt number of the year, e.g. "2022-015"; the row stays locked till commit."""
        Cycle.objects.filter(pk=self.pk).update(last_number=models.F("last_number") + 1)
        self.refresh_from_db(fields=["last_number"])
        return f"{self.year}-{self.last_number:03d}"

    @transition(field=state, **_wiring("open_applications", rules.rules_are_complete))
    def open_applications(self, attempt: Attempt) -> None:
        """Open the window; the rules freeze. Drafts begun before it was taken back follow its end."""
        self.rules_frozen_at = attempt.at
        self.projects.filter(state="draft").update(due_on=self.applications_close)

    @transition(
        field=state,
        **_wiring("take_back_opening", rules.nothing_was_handed_in, asks=(asks_reason,)),
    )
    def take_back_opening(self, attempt: Attempt) -> None:
        """Close the window again; the rules can be changed until it is opened anew."""
        self.rules_frozen_at = None

    @transition(field=state, **_wiring("start_selection", rules.window_has_ended))
    def start_selection(self, attempt: Attempt) -> None:
        """End the window and turn to reviewing."""

    @transition(field=state, **_wiring("start_implementation"))
    def start_implementation(self, attempt: Attempt) -> None:
        """Turn to doing."""

    @transition(field=state, **_wiring("start_evaluation"))
    def start_evaluation(self, attempt: Attempt) -> None:
        """Turn to judging."""

    @transition(field=state, **_wiring("announce", rules.results_may_be_announced))
    def announce(self, attempt: Attempt) -> None:
        """Make the grades public."""

    @transition(field=state, **_wiring("close"))
    def close(self, attempt: Attempt) -> None:
        """End the year."""


class Topic(Orderable):
    """One topic of the year's guidance (选题参考) for a sector, or for all when no sector is given."""

    cycle = ParentalKey(Cycle, on_delete=models.CASCADE, related_name="topics")
    code = models.SlugField(_("code"), max_length=40)
    sector = WordField(_("sector"), max_length=20, words=SECTORS, year="cycle_id", blank=True)
    title = models.CharField(_("topic title"), max_length=100)
    description = models.TextField(_("description"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code", "sector"], name="topic_once_a_sector"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(Orderable):
    """One criterion of the initial rating, with the points it can give."""

    cycle = ParentalKey(Cycle, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), validators=PERCENT)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.name


class GradeClass(Orderable):
    """One grade class with its quota, bonus points and award money in yuan per project."""

    cycle = ParentalKey(Cycle, on_delete=models.CASCADE, related_name="grades")
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=20)
    quota = models.PositiveSmallIntegerField(_("quota"))
    bonus_points = models.DecimalField(_("bonus points"), max_digits=5, decimal_places=2)
    award_yuan = models.PositiveIntegerField(_("award (yuan)"))

    class Meta(Orderable.Meta):
        verbose_name = _("grade class")
        verbose_name_plural = _("grade classes")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="grade_once_a_cycle"),
        ]

    def __str__(self) -> str:
        return self.name
