"""The yearly public appraisal (群众评议): when it is open, the sheets of residents, the counts of tries."""

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.cycles.models import Cycle
from partybuilding.opinions.questions import QUESTIONS, Period
from partybuilding.projects.models import Project


class AppraisalPeriod(models.Model):
    """From when to when the projects of a year are appraised, where the department chose the days."""

    cycle = models.OneToOneField(
        Cycle,
        verbose_name=_("programme year"),
        on_delete=models.PROTECT,
        related_name="appraisal_period",
    )
    opens_on = models.DateField(_("first day of the appraisal"))
    closes_on = models.DateField(_("last day of the appraisal"))

    class Meta:
        verbose_name = _("period of the public appraisal")
        verbose_name_plural = _("periods of the public appraisal")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="appraisal_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.opens_on} – {self.closes_on}"


def period_of(cycle: Cycle) -> Period:
    """Return the period of a year: as chosen, otherwise from the results to the year-end review."""
    chosen = AppraisalPeriod.objects.filter(cycle=cycle).first()
    if chosen is not None:
        return Period(chosen.opens_on, chosen.closes_on)
    return Period(cycle.results_due_on, cycle.review_on)


class AppraisalSheet(models.Model):
    """What one resident said of one project: one step of each question's scale, and nothing about the sender."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="appraisals")
    given_on = models.DateField(default=timezone.localdate, editable=False)
    #: Names the form that was sent, so that sending it twice counts once.
    submission = models.CharField(max_length=64, unique=True, editable=False)
    known = models.CharField(max_length=10, choices=QUESTIONS["known"].choices)
    kept = models.CharField(max_length=10, choices=QUESTIONS["kept"].choices)
    content = models.CharField(max_length=10, choices=QUESTIONS["content"].choices)

    class Meta:
        verbose_name = _("appraisal sheet")
        verbose_name_plural = _("appraisal sheets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.project} {self.given_on:%Y-%m-%d}"


def step_counts() -> dict[str, Count]:
    """Return for each step of each question's scale how often it was chosen, e.g. `known_well`."""
    return {
        f"{name}_{code}": Count("pk", filter=Q(**{name: code}))
        for name, question in QUESTIONS.items()
        for code, _label in question.choices
    }


class Tally(models.Model):
    """How often something was done in one window of time; whose it is, is kept as a keyed digest."""

    place = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "tally"

    def __str__(self) -> str:
        return f"{self.place}: {self.count}"
