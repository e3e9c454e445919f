"""A change of a published commitment: proposed by the applicant, decided by the department, public for ever."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField, due_first
from partybuilding.core.rules import asks_reason
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import Organization
from partybuilding.progress import permissions, rules
from partybuilding.progress.states import CHANGES, ChangeState
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.promises.changes import AppliedChange, Reads
from partybuilding.projects.states import ChangedPart

OPEN = models.Q(state=ChangeState.PROPOSED)


class CommitmentChangeQuerySet(models.QuerySet["CommitmentChange"]):
    """Lists of changes."""

    def visible_to(self, user: AnyUser) -> "CommitmentChangeQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "CommitmentChangeQuerySet":
        """Keep what waits for this user."""
        return permissions.changes_waiting_for(self, user)

    def applied(self) -> "CommitmentChangeQuerySet":
        """Keep what was approved and took effect."""
        return self.filter(state=ChangeState.APPROVED)


_wiring = partial(CHANGES.wiring, permissions.user_can_take_change)


class CommitmentChange(Record):
    """One change of one part of a commitment or step (承诺调整), with what it read before."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("new_text", "reason")

    state = StateField(
        gettext_lazy("state"), default=ChangeState.PROPOSED, choices=ChangeState, editable=False
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="changes")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    step = models.ForeignKey(
        CommitmentStep, null=True, on_delete=models.PROTECT, related_name="changes"
    )
    part = models.CharField(gettext_lazy("what is changed"), max_length=20, choices=ChangedPart)
    old_text = models.CharField(gettext_lazy("before"), max_length=300, blank=True)
    new_text = models.CharField(gettext_lazy("afterwards"), max_length=300, blank=True)
    old_post = models.CharField(gettext_lazy("post before"), max_length=100, blank=True)
    new_post = models.CharField(gettext_lazy("post afterwards"), max_length=100, blank=True)
    old_day = models.DateField(gettext_lazy("deadline before"), null=True)
    new_day = models.DateField(gettext_lazy("deadline afterwards"), null=True)
    reason = models.TextField(gettext_lazy("public reason"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CommitmentChangeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("change of a commitment")
        verbose_name_plural = gettext_lazy("changes of commitments")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["state", "part", "old_day"]),
            due_first("change_due_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "part"],
                condition=OPEN & models.Q(step=None),
                name="change_one_proposal_a_part",
            ),
            models.UniqueConstraint(
                fields=["step", "part"],
                condition=OPEN & models.Q(step__isnull=False),
                name="change_one_proposal_a_part_of_a_step",
            ),
        ]

    def __str__(self) -> str:
        words = {"part": self.get_part_display(), "thing": self.step or self.commitment}
        return str(_("Change of %(part)s: %(thing)s") % words)

    @property
    def is_applied(self) -> bool:
        """Whether it was approved, and with that took effect."""
        return self.state == ChangeState.APPROVED

    @property
    def old(self) -> Reads:
        """What it read before."""
        return Reads(self.old_text, self.old_post, self.old_day)

    @property
    def new(self) -> Reads:
        """What it is to read."""
        return Reads(self.new_text, self.new_post, self.new_day)

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the project's year."""
        return self.project.cycle.rule_value(name)

    def place_of(self, role: Role) -> Organization | None:
        """Return the leading organisation for applicants, and its unit for reviewers."""
        return self.project.place_of(role)

    @transition(
        field=state,
        **_wiring("approve", rules.is_carried_out, rules.is_still_open),
    )
    def approve(self, attempt: Attempt) -> None:
        """Let it take effect: the promise reads anew, and the change is public."""
        commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=self.commitment_id)
        commitment.take_over(
            AppliedChange(
                number=self.pk,
                part=self.part,
                old=self.old,
                new=self.new,
                at=attempt.at,
                reason=self.reason,
                step=self.step_id,
            )
        )

    @transition(
        field=state,
        **_wiring("refuse", asks=(asks_reason,)),
    )
    def refuse(self, attempt: Attempt) -> None:
        """Leave the promise as it is, with the reason."""

    @transition(field=state, **_wiring("withdraw"))
    def withdraw(self, attempt: Attempt) -> None:
        """Take the proposal back."""
