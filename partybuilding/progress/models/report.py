"""A report that a step was done: written once, with evidence, figures, pictures and files."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.models import Attachment
from partybuilding.core.models.attachment import private_storage, random_name
from partybuilding.core.models.trail import AppendOnly, AppendOnlyQuerySet
from partybuilding.progress.states import QuestionState
from partybuilding.projects.models import CommitmentStep, Project


class StepReportQuerySet(AppendOnlyQuerySet):
    """Lists of reports; none is ever changed or deleted."""

    def public(self) -> "StepReportQuerySet":
        """Keep what residents may read: reports, and what supplements one that was accepted."""
        return self.filter(Q(question=None) | Q(question__state=QuestionState.SETTLED))


class StepReport(AppendOnly):
    """One report of a step: who, when, what. A step that is done again gets another one.

    Evidence, figures and pictures are public at once; files stay with the staff. With a `question`
    it supplements the report that the question is about, and is public once that is accepted.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    step = models.ForeignKey(CommitmentStep, on_delete=models.PROTECT, related_name="reports")
    question = models.ForeignKey(
        "StepQuestion", null=True, on_delete=models.PROTECT, related_name="supplements"
    )
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)
    #: Rows of name, number as it was written, and unit.
    figures = models.JSONField(_("figures"), default=list)
    files = models.ManyToManyField(Attachment, related_name="+")
    reported_on = models.DateField(_("reported on"), default=timezone.localdate)
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    objects = StepReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a step")
        verbose_name_plural = _("reports of steps")
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["-reported_at", "-id"])]

    def __str__(self) -> str:
        return str(self.step)

    @property
    def taken_back_by(self) -> Any:
        """The question that took the completion back; None while it stands."""
        return next((q for q in self.questions.all() if q.state == QuestionState.UPHELD), None)


class ReportPicture(AppendOnly):
    """One picture of a report: as it was taken in for the staff, and lighter for residents."""

    report = models.ForeignKey(StepReport, on_delete=models.PROTECT, related_name="pictures")
    order = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(_("what it shows"), max_length=120)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    #: No longer than 1,080 pixels on a side, and a cut of 16:9 for lists.
    large = models.FileField(storage=private_storage, upload_to=random_name)
    small = models.FileField(storage=private_storage, upload_to=random_name)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("picture of a report")
        verbose_name_plural = _("pictures of reports")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.alt
