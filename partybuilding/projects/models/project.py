"""The project: one record from the first draft to the archive."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, transition

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Attachment, StateField, due_first
from partybuilding.core.rules import asks_reason
from partybuilding.core.states import Role
from partybuilding.core.text.validators import TelephoneField
from partybuilding.core.words.fields import WordField
from partybuilding.cycles.models import Cycle, GradeClass, Topic
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import SECTORS
from partybuilding.projects import permissions, rules
from partybuilding.projects.models.frozen import ComputedFacts, FrozenFacts
from partybuilding.projects.models.queries import ProjectQuerySet
from partybuilding.projects.models.sheets import SheetVersion
from partybuilding.projects.preparation import rules as deciding
from partybuilding.projects.states import REOPENED, TABLE, ProjectState

#: Where an application goes that is handed in, by the rules of its year.
SUBMITTED_TO = (ProjectState.SUBMITTED, ProjectState.FIRST_PASSED)


def _wiring(step: str, *conditions: Any, asks: tuple[Any, ...] = ()) -> dict[str, Any]:
    told = TABLE.wiring(permissions.user_can_take, step, *conditions, asks=asks)
    several = {"submit": SUBMITTED_TO, "reopen": REOPENED}.get(step)
    return {**told, "target": RETURN_VALUE(*several) if several else told["target"]}


class Project(FrozenFacts, ComputedFacts):
    """A grassroots innovation project; the official case file, private, never a page."""

    #: The columns of its index of pairs of characters (`core.registers.words`).
    paired = ("title", "code")

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="projects"
    )
    #: Given at the first submission: receipt number, file number and public address in one.
    code = models.CharField(_("number"), max_length=20, null=True, unique=True, editable=False)
    state = StateField(_("state"), default=ProjectState.DRAFT, choices=ProjectState, editable=False)
    title = models.CharField(_("project title"), max_length=100, blank=True)
    get_sector_display: Callable[[], str]
    sector = WordField(_("field"), max_length=20, words=SECTORS, year="cycle_id", blank=True)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("leading organization"),
        on_delete=models.PROTECT,
        related_name="projects",
    )
    contact_name = models.CharField(_("contact person"), max_length=40, blank=True)
    contact_phone = TelephoneField(_("contact telephone"), max_length=40, blank=True)
    problem = models.TextField(_("problem to solve"), blank=True, max_length=2000)
    distinctiveness = models.TextField(_("distinctiveness"), blank=True, max_length=2000)
    highlights = models.TextField(_("expected highlights"), blank=True, max_length=2000)
    overview = models.TextField(_("overview of the plan"), blank=True, max_length=3000)
    #: The version of the form that it is written on; None for the one that is delivered.
    sheet_version = models.ForeignKey(
        SheetVersion, null=True, editable=False, on_delete=models.PROTECT, related_name="projects"
    )
    #: The version on which its results are reported; None for the one that is delivered.
    results_version = models.ForeignKey(
        SheetVersion, null=True, editable=False, on_delete=models.PROTECT, related_name="reported"
    )
    #: What it says to the year's own questions, by their keys; what is not answered has none.
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    results_summary = models.TextField(_("summary of results"), blank=True, max_length=3000)
    #: When who reviews first opened the application as it was handed in; then it is not recalled any more.
    review_opened_at = models.DateTimeField(_("review opened at"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    commitments_published_at = models.DateTimeField(
        _("commitments published at"), null=True, editable=False
    )
    grade_class = models.ForeignKey(
        GradeClass,
        verbose_name=_("grade"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    attachments = GenericRelation(Attachment)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["cycle", "state"]),
            models.Index(fields=["organization", "state"]),
            models.Index(fields=["state_since"]),
            models.Index(fields=["state", "state_since"]),
            models.Index(fields=["title"]),
            due_first("project_due_first"),
            models.Index(fields=["-approved_at", "-id"], name="project_approved_last"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled draft"))

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the project's year.

        A draft that comes back when the window is closed has as long as a returned application.
        """
        value, today = self.cycle.rule_value(name), timezone.localdate()
        if name == "applications_close" and value < today:
            return add_working_days(today, self.cycle.return_days)
        return value

    def place_of(self, role: Role) -> Organization | None:
        """Return the leading organisation for applicants, and its unit for reviewers."""
        if role == Role.UNIT:
            return self.organization.unit
        return self.organization if role == Role.APPLICANT else None

    @transition(
        field=state,
        **_wiring(
            "submit",
            rules.in_time,
            rules.form_complete,
            rules.organization_ready,
            rules.partners_agreed,
        ),
    )
    def submit(self, attempt: Attempt) -> str:
        """Hand the application in; the first time it gets its number."""
        self.code = self.code or self.cycle.take_number()
        self.submitted_at, self.review_opened_at = attempt.at, None
        self._keep_answers()
        return self.table.step("submit").target

    @transition(
        field=state,
        **_wiring(
            "recall", rules.review_not_opened, rules.not_taken_up, rules.can_be_handed_in_again
        ),
    )
    def recall(self, attempt: Attempt) -> None:
        """Take the application back to change it, before anybody has read it."""

    @transition(
        field=state,
        **_wiring("pass_first", asks=(rules.asks_opinion,)),
    )
    def pass_first(self, attempt: Attempt) -> None:
        """Pass the application on to the department."""

    @transition(
        field=state,
        **_wiring("not_recommend", asks=(rules.asks_ground,)),
    )
    def not_recommend(self, attempt: Attempt) -> None:
        """Pass the application on without a recommendation; the department decides."""

    @transition(
        field=state,
        **_wiring("take_back", rules.department_idle, asks=(asks_reason,)),
    )
    def take_back(self, attempt: Attempt) -> None:
        """Take the unit's opinion back, to review once more."""

    @transition(field=state, **_wiring("take_up"))
    def take_up(self, attempt: Attempt) -> None:
        """Put before the decision what the unit did not recommend."""

    @transition(
        field=state,
        **_wiring("send_back", asks=(asks_reason,)),
    )
    def send_back(self, attempt: Attempt) -> None:
        """Return the application for changes."""

    @transition(
        field=state,
        **_wiring("decline", asks=(rules.asks_ground, deciding.asks_way)),
    )
    def decline(self, attempt: Attempt) -> None:
        """Decline the application on named grounds."""

    @transition(
        field=state,
        **_wiring(
            "approve",
            deciding.is_assessed,
            deciding.four_ones_named,
            rules.partners_agreed,
            asks=(deciding.asks_room_in_quota, deciding.asks_way),
        ),
    )
    def approve(self, attempt: Attempt) -> None:
        """Put the project on the approved list."""
        self.approved_at = attempt.at

    @transition(
        field=state,
        **_wiring("revoke_approval", rules.nothing_public, asks=(asks_reason,)),
    )
    def revoke_approval(self, attempt: Attempt) -> None:
        """Undo an approval of which nobody outside has read."""
        self.approved_at = None

    @transition(
        field=state,
        **_wiring("submit_commitments", rules.commitments_complete),
    )
    def submit_commitments(self, attempt: Attempt) -> None:
        """Hand the commitments to the editors."""

    @transition(
        field=state,
        **_wiring("return_commitments", asks=(asks_reason,)),
    )
    def return_commitments(self, attempt: Attempt) -> None:
        """Return the commitments to the applicant."""

    @transition(
        field=state,
        **_wiring("publish_commitments", rules.commitments_complete),
    )
    def publish_commitments(self, attempt: Attempt) -> None:
        """Make the commitments public; the editorial workflow publishes the page with it."""
        self.commitments_published_at = self.commitments_published_at or attempt.at

    @transition(
        field=state,
        **_wiring(
            "submit_results",
            rules.implementation_begun,
            rules.results_complete,
            rules.no_finding_overdue,
        ),
    )
    def submit_results(self, attempt: Attempt) -> None:
        """Hand the results in for evaluation."""
        self._keep_answers()

    @transition(
        field=state,
        **_wiring("return_results", asks=(asks_reason,)),
    )
    def return_results(self, attempt: Attempt) -> None:
        """Return the results to the applicant."""

    @transition(
        field=state,
        **_wiring("grade", rules.may_be_graded, asks=(rules.asks_grade,)),
    )
    def grade(self, attempt: Attempt) -> None:
        """Record the grade; "" is none (未评等次)."""
        code = attempt.data["grade"]
        self.grade_class = self.cycle.grades.get(code=code) if code else None

    @transition(
        field=state,
        **_wiring("archive", rules.can_be_closed),
    )
    def archive(self, attempt: Attempt) -> None:
        """Close the case file."""

    @transition(
        field=state,
        **_wiring("withdraw", asks=(asks_reason,)),
    )
    def withdraw(self, attempt: Attempt) -> None:
        """Take the application back."""

    @transition(
        field=state,
        **_wiring("terminate", asks=(asks_reason,)),
    )
    def terminate(self, attempt: Attempt) -> None:
        """End a project before its time, with a public reason."""

    @transition(
        field=state,
        **_wiring("reopen", rules.not_announced, asks=(asks_reason,)),
    )
    def reopen(self, attempt: Attempt) -> str:
        """Lead back to the state it came from."""
        if self.state == ProjectState.GRADED:
            self.grade_class = None
        if self.state == ProjectState.WITHDRAWN:
            self.review_opened_at = None  # so that it can be recalled and changed
        return attempt.came_from
