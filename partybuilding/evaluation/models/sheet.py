"""A score sheet, and what belongs to scoring: statements, conflicts, day-to-day ratings, explanations."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason
from partybuilding.core.sheets import Sheet
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser, User
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.arithmetic.canonical import seal_of
from partybuilding.evaluation.models.year import SheetCriterion
from partybuilding.evaluation.states import EXPERT_KINDS, SHEETS, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup, Organization
from partybuilding.projects.models import Project, SheetVersion
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.yearform.compose import EXPERT, PEER


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Lists of score sheets."""

    def visible_to(self, user: AnyUser) -> "ScoreSheetQuerySet":
        """Keep what this user may see: one's own, and all of them for the department."""
        return permissions.sheets_visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "ScoreSheetQuerySet":
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
    #: The version of the year's form whose questions it answers; None where the year asks nothing.
    sheet_version = models.ForeignKey(
        SheetVersion,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="score_sheets",
    )
    #: What it says to them, by their keys; read by whoever reads the remarks, and sealed as little as they are.
    answers = models.JSONField(_("answers"), default=dict, editable=False)
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
    def expert(self) -> User:
        """The expert whose sheet it is; asked only of a sheet that is no peer's."""
        assert self.judge is not None  # sheet_is_of_an_expert_or_a_peer
        return self.judge

    @property
    def scorer_name(self) -> str:
        """The name of the reviewing organisation, or of the expert."""
        return self.expert.get_full_name() if self.reviewer is None else self.reviewer.name

    @cached_property
    def criteria(self) -> list[SheetCriterion]:
        """What it asks for."""
        return self.cycle.evaluation.criteria_of(peers=self.is_of_peer)

    @cached_property
    def whole_form(self) -> Sheet:
        """What the year asks of whose sheet it is besides points and remarks, with all that it can ask."""
        return sheet_of(self.sheet_version_id).of(PEER if self.is_of_peer else EXPERT)

    @property
    def form(self) -> Sheet:
        """What of it is asked by what is answered."""
        return self.whole_form.shown_to(self)

    def points_of(self, criterion: SheetCriterion) -> Decimal | None:
        """Return what was given on a criterion; None while it is empty."""
        given = self.points.get(criterion.code)
        return None if given in (None, "") else Decimal(given)

    def sum(self) -> Decimal:
        """Add up what was given so far, in points."""
        return sum((self.points_of(one) or Decimal(0) for one in self.criteria), Decimal(0))

    @property
    def locked_total(self) -> Decimal:
        """The total of a sheet that was handed in; asked only of such."""
        assert self.total is not None  # lock() keeps it
        return self.total

    def contents(self, earlier: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what its seal covers; of an earlier version, what that one's covered."""
        total = "" if self.total is None else f"{self.total:.1f}"
        said = earlier or {"points": self.points, "total": total, "place": self.place}
        return {
            "project": self.project.code,
            "kind": self.kind,
            "points": {one.name: said["points"].get(one.code, "") for one in self.criteria},
            "total": said["total"],
            "place": said["place"],
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
            rules.fully_answered,
        ),
    )
    def lock(self, attempt: Attempt) -> None:
        """Hand it in; from then on it is sealed."""
        self.answers = self.form.kept(self.answers)
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
        self._empty()

    @transition(field=state, **_wiring("refuse_recusal", asks=(asks_reason,)))
    def refuse_recusal(self, attempt: Attempt) -> None:
        """Leave the sheet with the expert."""

    @transition(field=state, **_wiring("excuse", rules.nothing_is_frozen, asks=(asks_reason,)))
    def excuse(self, attempt: Attempt) -> None:
        """Record that it will not be scored; the run then waits for it no longer."""
        self._empty()

    def _empty(self) -> None:
        self.points, self.note, self.place, self.answers = {}, "", None, {}

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
                "total": self.contents()["total"],
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
