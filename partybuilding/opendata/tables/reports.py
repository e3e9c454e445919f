"""The table of what was reported of the promises: every public report, with what became of it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.doing.listing import shown_reports
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind, link_column
from partybuilding.opendata.tables.shape import Sources, Table, project_column
from partybuilding.progress.models import StepReport
from partybuilding.progress.words import figures_words


class Update(NamedTuple):
    """One report with the address where residents read it."""

    report: StepReport
    url: str

    @property
    def code(self) -> str:
        """The number of its project."""
        return self.report.step.commitment.project.code or ""


def _updates(sources: Sources) -> Iterator[Update]:
    for report in shown_reports().order_by("reported_at", "pk"):
        page = report.step.commitment.project.page.get_url() or ""
        yield Update(report, f"{sources.absolute(page)}#report-{report.pk}")


UPDATES = Table(
    "updates",
    gettext_lazy("Progress reports"),
    gettext_lazy("One row for each report that a step was done, or that evidence was added."),
    (
        Column(
            gettext_lazy("Number of the report"),
            lambda row: str(row.report.pk),
            "id",
            meaning=gettext_lazy("Names the row."),
        ),
        project_column(lambda row: row.code),
        Column(
            gettext_lazy("Number of the step"),
            lambda row: str(row.report.step_id),
            "step",
            meaning=gettext_lazy("The step that it tells of."),
        ),
        Column(
            pgettext_lazy("of a report", "Kind"),
            lambda row: "supplement" if row.report.question_id else "report",
            "kind",
            meaning=gettext_lazy("A report, or what was added to one when it was questioned."),
            codes={
                "report": pgettext_lazy("of a report", "report"),
                "supplement": pgettext_lazy("of a report", "added evidence"),
            },
        ),
        Column(
            gettext_lazy("Reported at"),
            lambda row: row.report.reported_at,
            "reported_at",
            Kind.MOMENT,
            meaning=gettext_lazy("When it was public."),
        ),
        Column(
            pgettext_lazy("of a report", "Evidence"),
            lambda row: row.report.evidence,
            "evidence",
            meaning=gettext_lazy("What was done, in the words of the report."),
        ),
        Column(
            pgettext_lazy("of a report", "Figures"),
            lambda row: figures_words(row.report),
            "figures",
            meaning=gettext_lazy("Name, number and unit of each figure, separated by semicolons."),
        ),
        Column(
            pgettext_lazy("of a report", "Pictures"),
            lambda row: len(row.report.pictures),
            "pictures",
            Kind.NUMBER,
            meaning=gettext_lazy("How many pictures it has on the page."),
            unit=pgettext_lazy("unit", "pictures"),
        ),
        Column(
            gettext_lazy("Taken back at"),
            lambda row: row.report.taken_back_at,
            "taken_back_at",
            Kind.MOMENT,
            meaning=gettext_lazy("When what it tells was found not to hold; mostly empty."),
        ),
        Column(
            gettext_lazy("Why it was taken back"),
            lambda row: row.report.taken_back_why,
            "taken_back_why",
            meaning=gettext_lazy("The public reason."),
        ),
        link_column(lambda row: row.url),
    ),
    _updates,
    key="id",
    refers={"project": "projects", "step": "steps"},
)
