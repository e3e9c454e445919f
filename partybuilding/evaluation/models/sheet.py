"""A score sheet, and what belongs to scoring: statements, conflicts, day-to-day ratings, explanations."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.arithmetic.canonical import seal_of
from partybuilding.evaluation.models.year import SheetCriterion
from partybuilding.evaluation.states import EXPERT_KINDS, SHEETS, ScorePart, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup, Organization
from partybuilding.projects.models import Project


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Lists of score sheets."""

    def visible_to(self, user: Any) -> "ScoreSheetQuerySet":
        """Keep what this user may see: one's own, and all of them for the department."""
        return permissions.sheets_visible_to(self, user)

    def waiting_for(self, user: Any) -> "ScoreSheetQuerySet":
        """Keep what waits for this user."""
        return permissions.sheets_waiting_for(self, user)

    def of_experts(self) -> "ScoreSheetQuerySet":
        """Keep the sheets of experts, on site and from the file."""
        return self.filter(kind__in=EXPERT_KINDS)

    def of_peers(self) -> "ScoreSheetQuerySet":
        """Keep the sheets of other organisations."""
        return self.filter(kind=SheetKind.PEER)

    def locked(self) -> "ScoreSheetQuerySet":
        """Keep what was handed in."""
        return self.filter(state=SheetState.LOCKED)


_wiring = partial(SHEETS.wiring, permissions.user_can_take_sheet)


class ScoreSheet(Record):
    """What one expert, or one organisation as a peer, gives one project (评分表).

    Points are kept as text by the key of the criterion, so that what was typed is what is stored.
    """

    state = StateField(_("state"), default=SheetState.OPEN, choices=SheetState, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="sheets")
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="sheets"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SheetKind)
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("expert"),
        null=True,
        on_delete=models.PROTECT,
        related_name="score_sheets",
    )
    group = models.ForeignKey(
        ExpertGroup, null=True, on_delete=models.PROTECT, related_name="score_sheets"
    )
    #: The organisation that reviews as a peer.
    reviewer = models.ForeignKey(
        Organization,
        verbose_name=_("reviewing organization"),
        null=True,
        on_delete=models.PROTECT,
        related_name="peer_sheets",
    )
    points = models.JSONField(_("points"), default=dict)
    #: Of a peer: the place among the projects it reviews, 1 is the best.
    place = models.PositiveSmallIntegerField(_("place among those reviewed"), null=True)
    note = models.TextField(_("remarks"), blank=True, max_length=1000)
    #: How often it was stored, and the key of the last time, so that a repetition changes nothing.
    revision = models.PositiveIntegerField(default=0, editable=False)
    last_key = models.CharField(max_length=64, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved at"), null=True, editable=False)
    locked_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    total = models.DecimalField(
        _("total"), max_digits=5, decimal_places=1, null=True, editable=False
    )
    #: What had been handed in before it was opened again, with its seal; for the department alone.
    earlier = models.JSONField(default=list, editable=False)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, blank=True, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["project__code", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "judge"],
                condition=Q(judge__isnull=False),
                name="one_sheet_of_an_expert_a_project",
            ),
            models.UniqueConstraint(
                fields=["project", "reviewer"],
                condition=Q(reviewer__isnull=False),
                name="one_sheet_of_a_peer_a_project",
            ),
            models.CheckConstraint(
                condition=Q(judge__isnull=True, reviewer__isnull=False, kind=SheetKind.PEER)
                | (Q(judge__isnull=False, reviewer__isnull=True) & ~Q(kind=SheetKind.PEER)),
                name="sheet_is_of_an_expert_or_a_peer",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["cycle", "kind", "state"]),
        ]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def is_of_peer(self) -> bool:
        """Whether an organisation fills it in, not an expert."""
        return self.kind == SheetKind.PEER

    @property
    def criteria(self) -> list[SheetCriterion]:
        """What it asks for."""
        return self.cycle.evaluation.criteria_of(peers=self.is_of_peer)

    def points_of(self, criterion: SheetCriterion) -> Decimal | None:
        """Return what was given on a criterion; None while it is empty."""
        given = self.points.get(criterion.code)
        return None if given in (None, "") else Decimal(given)

    def sum(self) -> Decimal:
        """Add up what was given so far, in points."""
        return sum((self.points_of(one) or Decimal(0) for one in self.criteria), Decimal(0))

    def contents(self) -> dict[str, Any]:
        """Return what its seal covers."""
        return {
            "project": self.project.code,
            "kind": self.kind,
            "points": {one.name: str(self.points_of(one)) for one in self.criteria},
            # As the column gives it back: a sum without a half is "80" before it is stored, then "80.0".
            "total": "" if self.total is None else f"{self.total:.1f}",
            "place": self.place,
        }

    def is_sealed_as_stored(self) -> bool:
        """Tell whether what is stored now is what was sealed when it was handed in."""
        return bool(self.seal) and self.seal == seal_of(self.contents(), self.salt)

    def rule_value(self, name: str) -> Any:
        """Return the last day: of the year-end review, or of the mid-term review between peers."""
        year = self.cycle
        days: dict[str, date] = {
            "due_date": year.midterm_review_on if self.is_of_peer else year.review_on
        }
        return days[name]

    def place_of(self, role: Role) -> Any:
        """Return the reviewing organisation for applicants; experts hold their role everywhere."""
        return self.reviewer if role == Role.APPLICANT else None

    @transition(
        field=state,
        **_wiring(
            "lock",
            rules.scoring_is_open,
            rules.statement_given,
            rules.no_conflict,
            rules.fully_scored,
        ),
    )
    def lock(self, attempt: Attempt) -> None:
        """Hand it in; from then on it is sealed."""
        self.total = self.sum()
        self.locked_at = attempt.at
        self.salt = rules.fresh_salt()
        self.seal = seal_of(self.contents(), self.salt)

    @transition(field=state, **_wiring("ask_recusal", asks=(asks_reason,)))
    def ask_recusal(self, attempt: Attempt) -> None:
        """Ask not to score this project."""

    @transition(field=state, **_wiring("grant_recusal", rules.nothing_is_frozen))
    def grant_recusal(self, attempt: Attempt) -> None:
        """Take the sheet off the expert; nothing of it counts."""
        self.points, self.note, self.place = {}, "", None

    @transition(field=state, **_wiring("refuse_recusal", asks=(asks_reason,)))
    def refuse_recusal(self, attempt: Attempt) -> None:
        """Leave the sheet with the expert."""

    @transition(field=state, **_wiring("excuse", rules.nothing_is_frozen, asks=(asks_reason,)))
    def excuse(self, attempt: Attempt) -> None:
        """Record that it will not be scored; the run then waits for it no longer."""
        self.points, self.note, self.place = {}, "", None

    @transition(
        field=state,
        **_wiring("restore", rules.nothing_is_frozen, rules.no_conflict, asks=(asks_reason,)),
    )
    def restore(self, attempt: Attempt) -> None:
        """Ask for it after all."""

    @transition(field=state, **_wiring("reopen", rules.nothing_is_frozen, asks=(asks_reason,)))
    def reopen(self, attempt: Attempt) -> None:
        """Give it back to be changed; what had been handed in stays with the sheet."""
        self.earlier = [
            *self.earlier,
            {
                "points": self.points,
                "place": self.place,
                "total": str(self.total),
                "seal": self.seal,
                "salt": self.salt,
                "reopened_for": attempt.reason,
            },
        ]
        self.locked_at, self.total = None, None
        self.salt, self.seal = "", ""

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep the seal in the trail, never the points: more people read the trail than scores."""
        return {"seal": self.seal} if attempt.step == "lock" else {}


class RecusalStatement(models.Model):
    """Somebody's statement, before any sheet of a year is shown, that no interest ties them to its projects."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="statements")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusal_statements"
    )
    at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("recusal statement")
        verbose_name_plural = _("recusal statements")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "user"], name="one_statement_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.cycle}"


class Conflict(models.Model):
    """A conflict of interest that the registers cannot know: declared by an expert or the department."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_conflicts"
    )
    reason = models.CharField(_("reason"), max_length=300)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_conflict_a_project"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.project}"


class DailyRating(models.Model):
    """The day-to-day rating (日常了解) of a project by its unit or the task force, with the facts of that day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="daily_ratings")
    side = models.CharField(_("rated by"), max_length=20, choices=Role)
    points = models.DecimalField(
        _("points"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    remark = models.TextField(_("remarks"), blank=True, max_length=1000)
    #: What the system knew when it was rated, in words and figures.
    facts = models.JSONField(default=list, editable=False)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    rated_at = models.DateTimeField(_("rated at"), default=timezone.now)

    class Meta:
        verbose_name = _("day-to-day rating")
        verbose_name_plural = _("day-to-day ratings")
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["project", "side"], name="one_daily_rating_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_side_display()}"


class Disagreement(models.Model):
    """What a group's leader says of a project on which its experts lie far apart; no score changes by it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="disagreement")
    group = models.ForeignKey(ExpertGroup, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("explanation of the group"), max_length=1000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("explanation of a disagreement")
        verbose_name_plural = _("explanations of disagreements")

    def __str__(self) -> str:
        return f"{self.group} {self.project}"


class Absence(models.Model):
    """Why a project has no points in a part of the result; recorded, never imputed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="absences")
    part = models.CharField(_("part of the result"), max_length=10, choices=ScorePart)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("missing part of a result")
        verbose_name_plural = _("missing parts of results")
        constraints = [
            models.UniqueConstraint(fields=["project", "part"], name="one_absence_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_part_display()}"
