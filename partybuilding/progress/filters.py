"""What the registers of questions and changes can be narrowed to."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.core.registers.filters import AnyOf, OneOf, RecordFilters
from partybuilding.core.states import Role
from partybuilding.core.types import Rows
from partybuilding.progress.models.report import StepReportQuerySet
from partybuilding.progress.states import ASKING, ReportStanding
from partybuilding.projects.filters import UnitFilter, YearFilter
from partybuilding.projects.states import ChangedPart


class KeepingFilters(RecordFilters):
    """What both registers can be narrowed to."""

    unit = UnitFilter()
    cycle = YearFilter()


class ReportFilters(WagtailFilterSet):
    """The filters of the register of reports; a report has no machine."""

    since = OneOf(
        label=_("reported on"),
        method="by_days",
        choices=[("7", _("In the last 7 days")), ("30", _("In the last 30 days"))],
    )
    standing = OneOf(
        label=pgettext_lazy("report", "What became of it"),
        method="by_standing",
        choices=ReportStanding.choices,
    )
    unit = UnitFilter()
    cycle = YearFilter()

    def by_standing(
        self, queryset: StepReportQuerySet, name: str, value: str
    ) -> StepReportQuerySet:
        """Keep what became so."""
        return queryset.of_standing(value) if value else queryset

    def by_days(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep what was reported in the last days, today included."""
        first = timezone.localdate() - timedelta(days=int(value) - 1) if value else None
        return queryset.filter(reported_on__gte=first) if first else queryset


class QuestionFilters(KeepingFilters):
    """The filters of the register of questions."""

    asked_as = AnyOf(
        label=_("asked by"), choices=[(role.value, role.label) for role in Role if role in ASKING]
    )


class ChangeFilters(KeepingFilters):
    """The filters of the register of changes."""

    part = AnyOf(label=_("what is changed"), choices=ChangedPart.choices)
