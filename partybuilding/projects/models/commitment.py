"""The promises of an approved project, with their steps."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.text.validators import NAMED, TOLD, has_words
from partybuilding.projects.models.project import Project
from partybuilding.projects.promises.changes import AppliedChange
from partybuilding.projects.promises.progress import Ending, Promise
from partybuilding.projects.states import PROMISED, ChangedPart, CommitmentState, ProjectState

#: The most characters of a public short name: one line of a phone.
SHORT = 20
#: A step counts as closed when it was reported done with evidence; so does one of a promise.
CLOSED = Q(closed_on__isnull=False) & ~Q(evidence="")
STEP_CLOSED = Q(steps__closed_on__isnull=False) & ~Q(steps__evidence="")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Lists of commitments."""

    def published(self) -> "CommitmentQuerySet":
        """Keep what was published with its project and is public still."""
        return self.filter(
            project__commitments_published_at__isnull=False, project__state__in=PROMISED
        )

    def with_standing(self, today: date | None = None) -> "CommitmentQuerySet":
        """Add where each commitment stands on a day as `standing`; as `progress.state_of` says it."""
        today = today or timezone.localdate()
        steps = CommitmentStep.objects.filter(commitment=OuterRef("pk"))
        some, closed = Exists(steps), Exists(steps.filter(CLOSED))
        left = Exists(steps.exclude(CLOSED))
        return self.annotate(
            standing=Case(
                When(
                    project__state=ProjectState.TERMINATED,
                    then=Value(CommitmentState.TERMINATED.value),
                ),
                When(some & ~left, then=Value(CommitmentState.DONE.value)),
                When(deadline__lt=today, then=Value(CommitmentState.OVERDUE.value)),
                When(closed, then=Value(CommitmentState.UNDER_WAY.value)),
                default=Value(CommitmentState.NOT_STARTED.value),
                output_field=models.CharField(),
            )
        )

    def with_steps_counted(self) -> "CommitmentQuerySet":
        """Let the database count the steps, so that `promise` reads no row of them."""
        return self.annotate(
            steps_counted=Count("steps"),
            closed_counted=Count("steps", filter=STEP_CLOSED),
            last_closed_on=Max("steps__closed_on", filter=STEP_CLOSED),
        )

    def unkept(self) -> "CommitmentQuerySet":
        """Keep what is not kept yet: without steps, or with one that is not closed."""
        steps = CommitmentStep.objects.filter(commitment=OuterRef("pk"))
        return self.filter(~(Exists(steps) & ~Exists(steps.exclude(CLOSED))))

    def overdue(self, today: date | None = None) -> "CommitmentQuerySet":
        """Keep what is overdue on a day; the same as `with_standing`, by the index of deadlines."""
        late = self.unkept().filter(deadline__lt=today or timezone.localdate())
        return late.exclude(project__state=ProjectState.TERMINATED)


def promise_of(
    deadline: date | None,
    changes: Sequence[AppliedChange],
    counted: tuple[int, int, date | None],
    ending: Ending,
) -> Promise:
    """Return what there is to know of a commitment.

    Args:
        deadline: the one that holds now.
        changes: those that took effect, of its steps, too.
        counted: how many steps it has, how many of them are closed, and when the last was.
        ending: that of its project.
    """
    steps, closed, last = counted
    return Promise(
        steps=steps,
        closed=closed,
        original=_first_day((one for one in changes if one.step is None), deadline),
        current=deadline,
        closed_on=last,
        ended_on=ending.ended_on,
        filed_on=ending.filed_on,
        is_over=ending.is_over,
        changes=len(changes),
    )


class Commitment(models.Model):
    """One promise (公开承诺): goal, deadline, responsible person with post, steps."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("goal",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="commitments")
    order = models.PositiveSmallIntegerField(default=0)
    goal = models.CharField(_("goal"), max_length=300)
    #: What lists for residents call it; reads alone, without project and steps.
    short_name = models.CharField(
        pgettext_lazy("commitment", "public short name"), max_length=SHORT, blank=True
    )
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    person = models.CharField(_("responsible person"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    explanation = models.TextField(_("explanation"), blank=True, max_length=1000)
    #: What was changed after the publication, as `AppliedChange` writes it; only ever grows.
    changes_told = models.JSONField(default=list, editable=False)

    #: Of `with_steps_counted` alone.
    steps_counted: int
    closed_counted: int
    last_closed_on: date | None

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["deadline"])]

    def __str__(self) -> str:
        return self.goal

    @property
    def name(self) -> str:
        """What lists for residents call it: its short name, or the whole goal where it has none."""
        return self.short_name.strip() or self.goal

    @property
    def is_complete(self) -> bool:
        """Whether goal, deadline, person with post and at least one step are given."""
        said = (
            has_words(self.goal, NAMED)
            and self.deadline
            and self.person.strip()
            and self.post.strip()
        )
        return bool(said) and bool(self.steps.all())

    @property
    def is_accounted_for(self) -> bool:
        """Whether every step was closed with evidence, or the commitment is explained."""
        steps = self.steps.all()
        closed = bool(steps) and all(step.is_closed for step in steps)
        return closed or has_words(self.explanation, TOLD)

    @property
    def applied_changes(self) -> list[AppliedChange]:
        """The changes of it and of its steps that took effect, the first one first."""
        return [AppliedChange.from_json(told) for told in self.changes_told]

    @property
    def promise(self) -> Promise:
        """What is known of it, for the arithmetic of `progress`; reads project and steps."""
        return self._counted if hasattr(self, "steps_counted") else self._promise()

    @cached_property
    def _counted(self) -> Promise:
        """The same of a row of `with_steps_counted`, which is only read."""
        return self._promise()

    def _promise(self) -> Promise:
        counted, changes = self._steps_counted(), self.applied_changes
        return promise_of(self.deadline, changes, counted, self.project.ending)

    def _steps_counted(self) -> tuple[int, int, date | None]:
        """Return how many steps it has, how many of them are closed, and when the last was."""
        if hasattr(self, "steps_counted"):
            return self.steps_counted, self.closed_counted, self.last_closed_on
        steps = self.steps.all()
        closed = [step.closed_on for step in steps if step.closed_on and step.is_closed]
        return len(steps), len(closed), max(closed, default=None)

    def take_over(self, change: AppliedChange) -> None:
        """Read anew as a change was approved, and tell it; only `CommitmentChange.approve` calls it."""
        if change.step is not None:
            self.steps.get(pk=change.step).take_over(change)
        elif change.part == ChangedPart.PERSON:
            self.person, self.post = change.new.text, change.new.post
        elif change.part == ChangedPart.GOAL:
            self.goal, self.short_name = change.new.text, ""  # it named the goal that held before
        else:
            change = replace(change, along=self._move_along(change.new.day))
            self.deadline = change.new.day
        self.changes_told = [*self.changes_told, change.as_json()]
        self.save()

    def _move_along(self, day: date | None) -> tuple[int, ...]:
        """Move the open steps that were due with the commitment, and return their keys."""
        if self.deadline is None:
            return ()
        due_with_it = self.steps.exclude(CLOSED).filter(deadline=self.deadline)
        along = tuple(due_with_it.values_list("pk", flat=True))
        self.steps.filter(pk__in=along).update(deadline=day)
        return along


class CommitmentStep(models.Model):
    """One implementation step (实施步骤) of a promise; closing it needs evidence."""

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("title",)

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("step"), max_length=200)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("implementation step")
        verbose_name_plural = _("implementation steps")
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["closed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(evidence=""), name="step_closed_with_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether it was reported done with evidence."""
        return self.closed_on is not None and bool(self.evidence.strip())

    @property
    def promise(self) -> Promise:
        """What is known of it, for the arithmetic of `progress`; what was done stays done."""
        changes = [one for one in self.commitment.applied_changes if one.touches(self.pk)]
        ending = self.commitment.project.ending
        return Promise(
            steps=1,
            closed=int(self.is_closed),
            original=_first_day(changes, self.deadline),
            current=self.deadline,
            closed_on=self.closed_on,
            ended_on=None if self.is_closed else ending.ended_on,
            filed_on=ending.filed_on,
            is_over=ending.is_over,
            changes=len(changes),
        )

    def open_again(self) -> None:
        """Take its completion back; only `StepQuestion.uphold` calls it."""
        self.closed_on, self.evidence = None, ""
        self.save(update_fields=["closed_on", "evidence"])

    def take_over(self, change: AppliedChange) -> None:
        """Read anew as a change was approved; only its commitment calls it."""
        if change.part == ChangedPart.DEADLINE:
            self.deadline = change.new.day
        else:
            self.title = change.new.text
        self.save(update_fields=["deadline", "title"])


def _first_day(changes: Iterable[AppliedChange], current: date | None) -> date | None:
    """Return the deadline that was published first: what the first change of it found."""
    days = [one.old.day for one in changes if one.part == ChangedPart.DEADLINE]
    return next((day for day in [*days, current] if day is not None), None)
