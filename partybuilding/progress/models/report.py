"""A report that a step was done: written once, with evidence, figures, pictures and files."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files.storage import private_storage
from partybuilding.core.models import Attachment
from partybuilding.core.models.trail import AppendOnly, AppendOnlyQuerySet
from partybuilding.progress.states import QuestionState, ReportStanding
from partybuilding.projects.models import CommitmentStep, Project


class StepReportQuerySet(AppendOnlyQuerySet["StepReport"]):
    """Lists of reports; none is ever changed or deleted."""

    def public(self) -> "StepReportQuerySet":
        """Keep what residents may read: reports, and what supplements one that was accepted."""
        return self.filter(Q(question=None) | Q(question__state=QuestionState.SETTLED))

    def first_told(self) -> "StepReportQuerySet":
        """Keep the reports themselves, without what was added to one when it was questioned."""
        return self.filter(question=None)

    def _questions(self) -> Any:
        return self.model._meta.get_field("questions").related_model._default_manager

    def with_standing(self) -> "StepReportQuerySet":
        """Add what became of each report as `standing`: what the last question on it came to."""
        questions = self._questions()
        last = questions.filter(report=OuterRef("pk")).order_by("-pk").values("state")[:1]
        return self.annotate(  # type: ignore[no-redef]
            last_question=Subquery(last),
            standing=Case(
                When(last_question=QuestionState.UPHELD, then=Value(ReportStanding.TAKEN_BACK)),
                When(last_question=QuestionState.SETTLED, then=Value(ReportStanding.ACCEPTED)),
                When(last_question=None, then=Value(ReportStanding.UNQUESTIONED)),
                default=Value(ReportStanding.QUESTIONED),
                output_field=models.CharField(),
            ),
        )

    def of_standing(self, standing: str) -> "StepReportQuerySet":
        """Keep what became so, as `with_standing` says it, without asking every report for its last question."""
        questions = self._questions()
        if standing == ReportStanding.UNQUESTIONED:
            return self.filter(~Exists(questions.filter(report=OuterRef("pk"))))
        later = questions.filter(report=OuterRef("report"), pk__gt=OuterRef("pk"))
        decided = {
            ReportStanding.TAKEN_BACK: QuestionState.UPHELD,
            ReportStanding.ACCEPTED: QuestionState.SETTLED,
        }
        last = questions.filter(~Exists(later))
        if standing in decided:
            last = last.filter(state=decided[ReportStanding(standing)])
        else:
            last = last.exclude(state__in=decided.values())
        return self.filter(pk__in=last.order_by().values("report"))

    def with_outcome(self) -> "StepReportQuerySet":
        """Add when and why the completion that a report told was taken back; None while it stands."""
        questions = self._questions()
        upheld = questions.filter(report=OuterRef("pk"), state=QuestionState.UPHELD)
        return self.annotate(  # type: ignore[no-redef]
            taken_back_at=Subquery(upheld.values("state_since")[:1]),
            taken_back_why=Subquery(upheld.values("outcome")[:1]),
        )


class StepReport(AppendOnly):
    """One report of a step: who, when, what. A step that is done again gets another one.

    Evidence, figures and pictures are public at once; files stay with the staff. With a `question`
    it supplements the report that the question is about, and is public once that is accepted.
    """

    #: What registers search, as its index of pairs has it (`core.registers.words`).
    paired = ("evidence",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    step = models.ForeignKey(CommitmentStep, on_delete=models.PROTECT, related_name="reports")
    question = models.ForeignKey(
        "StepQuestion", null=True, on_delete=models.PROTECT, related_name="supplements"
    )
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)
    #: Rows of name, number as it was written, and unit.
    figures = models.JSONField(_("figures"), default=list)
    #: Rows of what each shows, the key of its attachment (for the staff), and the names of the lighter
    #: ones for residents: `large`, no longer than 1,080 pixels on a side, and `small`, a cut of 16:9.
    pictures = models.JSONField(_("pictures"), default=list)
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

    #: What `with_standing` and `with_outcome` read.
    standing: str
    taken_back_at: datetime | None
    taken_back_why: str

    objects = StepReportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("report of a step")
        verbose_name_plural = _("reports of steps")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["-reported_at", "-id"]),
            models.Index(fields=["-reported_on", "-id"], name="report_newest"),
        ]

    def __str__(self) -> str:
        return str(self.step)

    @property
    def standing_row(self) -> ReportStanding:
        """What became of it, where `with_standing` read it."""
        return ReportStanding(self.standing)

    def picture(self, place: int, size: str) -> Any:
        """Open a picture of the report in one size, to be read.

        Raises:
            LookupError: there is no such picture.
            FileNotFoundError: its file is lost.
        """
        return private_storage().open(self.pictures[place][size], "rb")
