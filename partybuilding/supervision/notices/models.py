"""The feedback notice: a draft that assembles itself, and what is frozen of it once it has its number."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField, due_first
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.models import Project
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.notices import permissions, rules
from partybuilding.supervision.notices.assembly import Content, content_from, content_of
from partybuilding.supervision.notices.states import READABLE, TABLE, FeedbackState
from partybuilding.supervision.notices.wording import FEEDBACK
from partybuilding.texts.services import texts_kept

WORDS_LENGTH = 1000


class FeedbackNoticeQuerySet(models.QuerySet["FeedbackNotice"]):
    """Lists of feedback notices."""

    def visible_to(self, user: AnyUser) -> "FeedbackNoticeQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "FeedbackNoticeQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)

    def readable(self) -> "FeedbackNoticeQuerySet":
        """Keep what was issued, also what was revoked since."""
        return self.filter(state__in=READABLE)

    def standing(self) -> "FeedbackNoticeQuerySet":
        """Keep what was not revoked."""
        return self.exclude(state=FeedbackState.REVOKED)


_wiring = partial(TABLE.wiring, permissions.user_can_take)


class FeedbackNotice(Record):
    """What was found of one project in one quarter (反馈通报); once issued it never changes."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("number",)

    state = StateField(
        _("state"), default=FeedbackState.DRAFT, choices=FeedbackState, editable=False
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="feedback"
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="feedback")
    opening = models.TextField(_("opening words"), blank=True, max_length=WORDS_LENGTH)
    closing = models.TextField(_("closing words"), blank=True, max_length=WORDS_LENGTH)
    number = models.CharField(_("document number"), max_length=60, blank=True, editable=False)
    issuer = models.CharField(_("issuing organization"), max_length=100, blank=True, editable=False)
    head = models.CharField(max_length=100, blank=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"), null=True, editable=False)
    content = models.JSONField(default=dict, editable=False)
    #: 0 for the quarter's notice; its supplementary notices are counted from 1.
    supplement = models.PositiveSmallIntegerField(default=0, editable=False)
    #: The notice that this one puts right; that one stays readable.
    corrects = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="corrections"
    )
    #: The public reason for which it corrects the other.
    correction = models.TextField(_("reason of the correction"), blank=True, editable=False)
    #: The public reason for which it was revoked.
    revocation = models.TextField(_("reason of the revocation"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    #: What lists read beside: its findings, the open ones, the number of the notice that corrects it.
    n_findings: int
    n_open: int
    later_number: str | None

    objects = FeedbackNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback notice")
        verbose_name_plural = _("feedback notices")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["state", "issued_at"]),
            due_first("feedback_due_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "supplement"],
                condition=~Q(state=FeedbackState.REVOKED.value) & Q(corrects=None),
                name="one_standing_notice",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(state=FeedbackState.REVOKED.value),
                name="corrected_once",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="number_given_once"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Feedback notice on %(project)s")) % {"project": f"《{self.project}》"}

    @cached_property
    def told(self) -> Content:
        """What it says: as it was frozen, or as it would be assembled now."""
        if self.content:
            return content_from(self.content)
        return content_of(self.activity, self._told_elsewhere(), self._told_until())

    def _told_elsewhere(self) -> "models.QuerySet[NoticeFinding]":
        """Return the findings that other standing notices of the quarter tell."""
        others = FeedbackNotice.objects.filter(
            activity=self.activity_id, state=FeedbackState.ISSUED
        ).exclude(pk__in=filter(None, (self.pk, self.corrects_id)))
        return NoticeFinding.objects.filter(notice__in=others)

    def _told_until(self) -> datetime | None:
        """Return until when a supplementary notice has nothing to tell of visits: its forerunner does."""
        if not self.supplement:
            return None
        before = FeedbackNotice.objects.readable().filter(
            activity=self.activity_id, supplement=self.supplement - 1
        )
        return before.aggregate(at=models.Max("issued_at"))["at"]

    @property
    def corrected_by(self) -> "FeedbackNotice | None":
        """The issued notice that puts this one right, if there is one."""
        found = (one for one in self.corrections.all() if one.state in READABLE)
        return next((one for one in found if one.state != FeedbackState.REVOKED), None)

    @property
    def issued_on(self) -> date | None:
        """The day on which it was issued."""
        return timezone.localdate(self.issued_at) if self.issued_at else None

    def rule_value(self, name: str) -> Any:
        """Take the day by which it is due from the calendar of supervision."""
        return self.activity.due_on if name == "due_date" else self.project.rule_value(name)

    def place_of(self, role: Role) -> Any:
        """Return nothing: a draft is with the whole task force."""
        return None

    @transition(
        field=state,
        **_wiring(
            "issue", rules.has_something_to_tell, rules.is_fit_for_all, rules.office_is_named
        ),
    )
    def issue(self, attempt: Attempt) -> None:
        """Give it the next number of the year, freeze what it says, and mark the activity done."""
        day = timezone.localdate(attempt.at)
        body = IssuingBody.on(day)
        self.content = replace(self.told, day=day).as_json()
        self.issuer, self.head, self.issued_at = body.name, body.head_words, attempt.at
        self.number = body.next_number(body.supervision_code, day.year)
        self.findings.bulk_create(
            NoticeFinding(
                notice=self,
                rectification_id=found.rectification,
                order=order,
                finding=found.finding,
                requirement=found.requirement,
            )
            for order, found in enumerate(self.told.findings, start=1)
        )
        if self.activity.done_on is None:
            self._mark_activity(day)

    @transition(
        field=state,
        **_wiring("revoke", rules.is_the_quarters, asks=(asks_reason, asks_words_for_all)),
    )
    def revoke(self, attempt: Attempt) -> None:
        """Take it back with a public reason; the quarter awaits a notice again."""
        self.revocation = attempt.reason
        self._mark_activity(None)

    @transition(field=state, **_wiring("correct", rules.is_put_right))
    def correct(self, attempt: Attempt) -> None:
        """Give place to the notice that corrects it; it stays readable."""

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep in the trail the text in which it was issued."""
        return texts_kept(FEEDBACK) if attempt.step == "issue" else {}

    def _mark_activity(self, day: date | None) -> None:
        self.activity.done_on = day
        self.activity.save(update_fields=["done_on"])


class NoticeFinding(models.Model):
    """One finding as the notice tells it; its rectification says what became of it."""

    notice = models.ForeignKey(FeedbackNotice, on_delete=models.CASCADE, related_name="findings")
    rectification = models.ForeignKey(
        Rectification, on_delete=models.PROTECT, related_name="told_in"
    )
    order = models.PositiveSmallIntegerField()
    finding = models.CharField(_("finding"), max_length=500)
    requirement = models.CharField(_("what is asked for"), max_length=500)

    class Meta:
        verbose_name = _("finding of a notice")
        verbose_name_plural = _("findings of notices")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "rectification"], name="told_once_a_notice"),
        ]

    def __str__(self) -> str:
        return self.finding
