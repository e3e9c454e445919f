"""The registers of reports, of questions on them and of changes of commitments."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin
from partybuilding.core.registers.cells import Column, TitleColumn, place_column, standing_columns
from partybuilding.progress.filters import ChangeFilters, QuestionFilters, ReportFilters
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.permissions import user_can_see_registers
from partybuilding.progress.selectors import changes_of, questions_of, reports_of
from partybuilding.progress.words import figures_words


class KeepingAdmin(RegisterAdmin):
    """What both registers share: whose project it is, who has it, for how long, by when."""

    default_ordering = DUE_FIRST
    shown_to = staticmethod(user_can_see_registers)

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "title",
            label=pgettext_lazy("progress", "subject"),
            accessor=str,
            get_url=self.opener(request),
        )
        yield from self.own_columns()
        yield Column("project", label=_("project"), accessor="project", classname="party-long")
        yield place_column(self.model, _("leading organization"))
        yield from standing_columns()

    def own_columns(self) -> Iterator[Any]:
        """Yield the columns of one register alone."""
        yield from ()


def pictures_words(report: StepReport) -> str:
    """Say how many pictures a report has; nothing when it has none."""
    number = len(report.pictures)
    words = ngettext("%(number)s picture", "%(number)s pictures", number)
    return words % {"number": number} if number else ""


class ReportAdmin(RegisterAdmin):
    """The register of reports that steps were done, the newest first: what to look at and to question."""

    model = StepReport
    shown_to = staticmethod(user_can_see_registers)
    rows_of = staticmethod(reports_of)
    base_url_path = "party/reports"
    menu_label = _("Reports of steps")
    menu_icon = "check"
    default_ordering = ("-reported_at", "-pk")
    filterset_class = ReportFilters
    search_fields = ("step__title", "evidence", "project__title", "project__code")
    export_columns = (
        (_("number"), lambda item: item.project.code),
        (_("project"), lambda item: item.project.title),
        (_("leading organization"), lambda item: item.project.organization.name),
        (_("commitment"), lambda item: item.step.commitment.goal),
        (_("implementation step"), lambda item: item.step.title),
        (_("deadline"), lambda item: item.step.deadline),
        (_("reported on"), lambda item: item.reported_on),
        (_("evidence"), lambda item: item.evidence),
        (_("figures"), figures_words),
        (_("pictures"), lambda item: len(item.pictures)),
        (pgettext_lazy("report", "What became of it"), lambda item: item.standing_row.label),
    )

    def opened_at(self, item: StepReport) -> str:
        """Return where it stands in the case file, with the way to question it."""
        return f"{reverse('partybuilding:case', args=[item.project_id])}#commitments"

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "title",
            label=_("implementation step"),
            accessor=str,
            get_url=self.opener(request),
        )
        yield Column("evidence", label=_("evidence"), accessor="evidence", classname="party-long")
        yield Column("pictures", label=_("pictures"), accessor=pictures_words)
        yield Column("project", label=_("project"), accessor="project", classname="party-long")
        yield place_column(self.model, _("leading organization"))
        yield Column(
            "reported_on",
            label=_("reported on"),
            accessor="reported_on",
            sort_key="reported_at",
            classname="party-nowrap",
        )
        yield Column(
            "standing",
            label=pgettext_lazy("report", "What became of it"),
            accessor="standing_row.label",
            classname="party-nowrap",
        )


class QuestionAdmin(KeepingAdmin):
    """The register of questions on reports."""

    model = StepQuestion
    rows_of = staticmethod(questions_of)
    opened_as = "partybuilding:question"
    base_url_path = "party/questions"
    menu_label = _("Questions on reports")
    menu_icon = "help"
    filterset_class = QuestionFilters
    search_fields = ("step__title", "words", "project__title", "project__code")
    export_columns = (
        (_("number"), lambda item: item.project.code),
        (_("project"), lambda item: item.project.title),
        (_("leading organization"), lambda item: item.project.organization.name),
        (_("implementation step"), lambda item: item.step.title),
        (_("question"), lambda item: item.words),
        (_("asked by"), lambda item: item.get_asked_as_display()),
        (_("answer"), lambda item: item.answer_words),
        (_("state"), lambda item: item.state_row.label),
        (_("outcome"), lambda item: item.outcome),
        (_("in this state since"), lambda item: timezone.localdate(item.state_since)),
        (_("due on"), lambda item: item.due_on),
    )


class ChangeAdmin(KeepingAdmin):
    """The register of changes of commitments."""

    model = CommitmentChange
    rows_of = staticmethod(changes_of)
    opened_as = "partybuilding:change"
    base_url_path = "party/changes"
    menu_label = _("Changes of commitments")
    menu_icon = "history"
    filterset_class = ChangeFilters
    search_fields = ("new_text", "reason", "commitment__goal", "project__title", "project__code")
    export_columns = (
        (_("number"), lambda item: item.project.code),
        (_("project"), lambda item: item.project.title),
        (_("leading organization"), lambda item: item.project.organization.name),
        (_("what is changed"), lambda item: item.get_part_display()),
        (_("commitment"), lambda item: item.commitment.goal),
        (_("implementation step"), lambda item: item.step.title if item.step else ""),
        (_("before"), lambda item: str(item.old)),
        (_("afterwards"), lambda item: str(item.new)),
        (_("public reason"), lambda item: item.reason),
        (_("state"), lambda item: item.state_row.label),
        (_("in this state since"), lambda item: timezone.localdate(item.state_since)),
        (_("due on"), lambda item: item.due_on),
    )

    def own_columns(self) -> Iterator[Any]:
        """Show what it reads before and afterwards."""
        yield Column("old", label=_("before"), accessor="old", classname="party-long")
        yield Column("new", label=_("afterwards"), accessor="new", classname="party-long")
