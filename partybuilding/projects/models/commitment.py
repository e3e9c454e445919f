"""The promises of an approved project, with their steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partybuilding.projects.models.project import Project


class Commitment(models.Model):
    """One promise (公开承诺): goal, deadline, responsible person with post, steps."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="commitments")
    order = models.PositiveSmallIntegerField(default=0)
    goal = models.CharField(_("goal"), max_length=300)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    person = models.CharField(_("responsible person"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    explanation = models.TextField(_("explanation"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.goal

    @property
    def is_complete(self) -> bool:
        """Whether goal, deadline, person with post and at least one step are given."""
        said = self.goal.strip() and self.deadline and self.person.strip() and self.post.strip()
        return bool(said) and bool(self.steps.all())

    @property
    def is_accounted_for(self) -> bool:
        """Whether every step was closed with evidence, or the commitment is explained."""
        steps = self.steps.all()
        closed = bool(steps) and all(step.is_closed for step in steps)
        return closed or bool(self.explanation.strip())


class CommitmentStep(models.Model):
    """One implementation step (实施步骤) of a promise; closing it needs evidence."""

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

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether it was reported done with evidence."""
        return self.closed_on is not None and bool(self.evidence.strip())
