"""The supervision calendar, what was found on a visit, and the rectifications that follow."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Attachment, Record, StateField, due_first
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.sheets import Sheet
from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Commitment, Project, SheetVersion
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.states import KEEPING
from partybuilding.projects.yearform.compose import VISIT
from partybuilding.supervision import lateness, permissions, rules
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.queries import DAY, ActivityQuerySet, RectificationQuerySet
from partybuilding.supervision.states import (
    QUARTERS,
    TABLE,
    ActivityKind,
    Found,
    RectificationState,
    Standing,
)


class Activity(models.Model):
    """One thing that the rhythm asks for: of a project, in a quarter, once or as often as the rules say."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="activities"
    )
    kind = models.CharField(_("kind of activity"), max_length=20, choices=ActivityKind)
    #: The calendar year of its quarter: that of `due_on`.
    year = models.PositiveSmallIntegerField(_("calendar year"), editable=False)
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=QUARTERS)
    number = models.PositiveSmallIntegerField(default=1)
    #: The last day on which it is in time: the end of its quarter, a working day.
    due_on = models.DateField(_("due on"), db_index=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision activity")
        verbose_name_plural = _("supervision activities")
        ordering = ["due_on", "project", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "year", "quarter", "number"],
                name="activity_once_in_the_rhythm",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "quarter", "kind", "done_on"]),
            models.Index(fields=["officer", "done_on"]),
            models.Index(
                IsNull(F("done_on"), False),
                *map(F, ("due_on", "project_id", "kind")),
                name="activity_open_first",
            ),
            models.Index(DAY, name="activity_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.project}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert or update the row; its year is that of its last day."""
        if self.year is None:
            self.year = self.due_on.year  # type: ignore[unreachable]
        super().save(*args, **kwargs)

    def is_overdue(self, today: date | None = None) -> bool:
        """Tell whether it should have been done before today."""
        return self.done_on is None and self.due_on < (today or timezone.localdate())

    def stands(self, today: date | None = None) -> Standing:
        """Return where it stands; reads the project."""
        goes_on = self.project.state in KEEPING
        today = today or timezone.localdate()
        return lateness.standing(self.due_on, self.done_on, goes_on=goes_on, today=today)

    @property
    def period(self) -> Quarter:
        """The quarter in which the rhythm asks for it."""
        return Quarter(self.year, self.quarter)

    @property
    def is_closed(self) -> bool:
        """Whether it was held and every finding of it is verified; reads the rectifications."""
        return lateness.is_closed(self.done_on, (one.state for one in self.rectifications.all()))


class Visit(models.Model):
    """The record of an activity that was held: who was there, what was seen."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="visit")
    held_on = models.DateField(pgettext_lazy("supervision", "held on"), default=timezone.localdate)
    #: Never public.
    participants = models.CharField(_("who was there"), max_length=300)
    #: Public with the record, like the good practice: names and posts only, no numbers of persons.
    summary = models.TextField(_("what was seen"), max_length=3000)
    good_practice = models.TextField(_("good practice"), blank=True, max_length=1000)
    #: The version of the year's form whose checklist was filled in; None where the year asks nothing.
    sheet_version = models.ForeignKey(
        SheetVersion, null=True, editable=False, on_delete=models.PROTECT, related_name="visits"
    )
    #: What it says to the checklist, by the keys of the questions; for the staff alone.
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    #: What was corrected, the first first; as `corrections.entry` writes it.
    corrections = models.JSONField(default=list, editable=False)
    attachments = GenericRelation(Attachment)

    class Meta:
        verbose_name = _("visit record")
        verbose_name_plural = _("visit records")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["held_on"])]

    def __str__(self) -> str:
        return f"{self.activity} {self.held_on:%Y-%m-%d}"

    @property
    def whole_checklist(self) -> Sheet:
        """The year's checklist with which it was recorded, with all that it can ask."""
        return sheet_of(self.sheet_version_id).of(VISIT)

    @property
    def checklist(self) -> Sheet:
        """What of the checklist was asked of it."""
        return self.whole_checklist.shown_to(self)


class VisitCheck(models.Model):
    """What was found of one commitment on a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="checks")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="checks")
    found = models.CharField(_("found"), max_length=20, choices=Found)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("check of a commitment")
        verbose_name_plural = _("checks of commitments")
        ordering = ["commitment__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "commitment"], name="checked_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.get_found_display()}"


_wiring = partial(TABLE.wiring, permissions.user_can_take)


class Rectification(Record):
    """One finding that is to be put right by a day (整改); closed only when the task force verified it."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("finding",)

    state = StateField(
        _("state"),
        default=RectificationState.ISSUED,
        choices=RectificationState,
        editable=False,
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rectifications")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="rectifications")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="rectifications"
    )
    finding = models.CharField(_("finding"), max_length=500)
    requirement = models.CharField(_("what is asked for"), max_length=500)
    #: The deadline as it was first given; lateness is counted against it for ever.
    first_deadline = models.DateField(_("first deadline"))
    rectify_by = models.DateField(_("to be rectified by"))
    report = models.TextField(_("what was done"), blank=True, max_length=2000)
    #: The day of the report that stands; none once it was sent back.
    reported_on = models.DateField(_("reported on"), null=True, editable=False)
    verified_on = models.DateField(_("verified on"), null=True, editable=False)
    #: The public reason for which it was withdrawn.
    withdrawal = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    #: What was corrected, the first first; as `corrections.entry` writes it.
    corrections = models.JSONField(default=list, editable=False)
    attachments = GenericRelation(Attachment)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["state", "state_since"]),
            due_first("rectification_due_first"),
        ]

    def __str__(self) -> str:
        return self.finding

    def rule_value(self, name: str) -> Any:
        """Take the deadline from the row itself, and numbers of days from the project's year."""
        return self.rectify_by if name == "rectify_by" else self.project.cycle.rule_value(name)

    def place_of(self, role: Role) -> Organization | None:
        """Return the leading organisation for applicants, and its unit for reviewers."""
        return self.project.place_of(role)

    def days_late(self, today: date | None = None) -> int:
        """Return by how many calendar days it missed its first deadline so far."""
        today = today or timezone.localdate()
        return lateness.days_late(self.first_deadline, self.reported_on, self.state, today)

    @transition(
        field=state,
        **_wiring(
            "report_done",
            asks=(rules.asks_what_was_done,),
        ),
    )
    def report_done(self, attempt: Attempt) -> None:
        """Say what was done."""
        self.report, self.reported_on = attempt.reason, timezone.localdate(attempt.at)

    @transition(field=state, **_wiring("verify"))
    def verify(self, attempt: Attempt) -> None:
        """Close the finding."""
        self.verified_on = timezone.localdate(attempt.at)

    @transition(
        field=state,
        **_wiring(
            "send_back",
            asks=(asks_reason, rules.asks_new_deadline),
        ),
    )
    def send_back(self, attempt: Attempt) -> None:
        """Ask for more by a new deadline; the first one stays what lateness is counted against."""
        self.reported_on = None
        self.rectify_by = rules.deadline_in(attempt) or self.rectify_by

    @transition(
        field=state,
        **_wiring(
            "withdraw",
            asks=(asks_reason, asks_words_for_all),
        ),
    )
    def withdraw(self, attempt: Attempt) -> None:
        """Take the finding back; it stays readable with the public reason, and counts no longer."""
        self.withdrawal = attempt.reason
