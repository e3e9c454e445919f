"""What the registers of activities and rectifications can be narrowed to; all of the user's own scope."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.core.registers.filters import DUE, AnyOf, DueFilter, OneOf, RecordFilters, by_due
from partybuilding.core.types import Rows
from partybuilding.projects.filters import UnitFilter, YearFilter
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.queries import DAY, ActivityQuerySet, RectificationQuerySet
from partybuilding.supervision.selectors.board import months_of, quarters_of
from partybuilding.supervision.selectors.files import officers
from partybuilding.supervision.states import ActivityKind, Standing
from partybuilding.supervision.wording import month_words, quarter_words

#: In the filter of officers: nobody yet.
NOBODY = "none"
#: In the filter of last days: up to the end of the quarter, overdue ones too, as the desk counts.
THIS_QUARTER = "quarter"


class QuarterFilter(AnyOf):
    """The quarters of the user's scope, e.g. "2022-3".

    Args:
        to: leads from a row to its activity, e.g. "activity__".
    """

    def __init__(self, to: str = "") -> None:
        super().__init__(label=_("quarter"))
        self.to = to

    @property
    def field(self) -> forms.Field:
        """Offer the quarters in which the user sees activities."""
        if not hasattr(self, "_field"):
            found = quarters_of(self.parent.request.user)
            self.extra["choices"] = [(one.code, quarter_words(one)) for one in found]
        return super().field

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Keep what is of any of the quarters."""
        scope = Q()
        for code in value:
            scope |= Q(**Quarter.at(code).lookup(self.to))
        return queryset.filter(scope)


def by_month(queryset: Rows, name: str, value: str) -> Rows:
    """Keep what is planned for a month, or else has its last day in it, e.g. "2022-06"."""
    if not value:
        return queryset
    year, month = map(int, value.split("-"))
    following = date(year + month // 12, month % 12 + 1, 1)
    return queryset.alias(day=DAY).filter(day__gte=date(year, month, 1), day__lt=following)


def by_officer(queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
    """Keep what is some officers', or nobody's."""
    if not values:
        return queryset
    people = [int(value) for value in values if value != NOBODY]
    return queryset.filter(
        Q(officer__in=people) | (Q(officer=None) if NOBODY in values else Q(pk__in=[]))
    )


def by_findings(queryset: Rows, name: str, value: str) -> Rows:
    """Keep what found something, or whose findings are not all verified."""
    found = Rectification.objects.filter(activity=OuterRef("pk"))
    if value == "open":
        found = found.unresolved()
    return queryset.filter(Exists(found)) if value else queryset


class ActivityFilters(WagtailFilterSet):
    """The filters of the register of activities."""

    standing = AnyOf(label=_("state"), choices=Standing.choices)
    kind = AnyOf(label=_("kind of activity"), choices=ActivityKind.choices)
    quarter = QuarterFilter()
    month = OneOf(label=_("Month"), method=by_month, widget=forms.Select)
    due = DueFilter(method="by_open_due")
    officer = AnyOf(label=_("officer in charge"), method=by_officer)
    findings = OneOf(
        label=_("Findings"),
        method=by_findings,
        choices=[("some", _("With findings")), ("open", _("With open findings"))],
    )
    unit = UnitFilter()
    cycle = YearFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["month"].extra["choices"] = [
            (f"{day:%Y-%m}", month_words(day.year, day.month))
            for day in months_of(self.request.user)
        ]
        self.filters["due"].extra["choices"] = [
            *DUE,
            (THIS_QUARTER, _("Due by the end of this quarter")),
        ]
        self.filters["officer"].extra["choices"] = [
            *((str(one.pk), one.get_full_name() or one.get_username()) for one in officers()),
            (NOBODY, _("No officer yet")),
        ]

    def by_open_due(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        """Keep what is still to be held and is overdue, due today, soon or by the end of the quarter."""
        if value == THIS_QUARTER:
            return queryset.open().filter(due_on__lte=Quarter.of(timezone.localdate()).last)
        return by_due(queryset.open(), name, value) if value else queryset


def by_lateness(queryset: RectificationQuerySet, name: str, value: str) -> RectificationQuerySet:
    """Keep what missed its first deadline, or what was given another one."""
    if value == "late":
        return queryset.late()
    return queryset.exclude(rectify_by=F("first_deadline")) if value == "moved" else queryset


class RectificationFilters(RecordFilters):
    """The filters of the register of rectifications."""

    late = OneOf(
        label=_("Against the first deadline"),
        method=by_lateness,
        choices=[
            ("late", pgettext_lazy("filter", "Late")),
            ("moved", _("Sent back once at least")),
        ],
    )
    kind = AnyOf(label=_("Found at"), field_name="activity__kind", choices=ActivityKind.choices)
    unit = UnitFilter()
    cycle = YearFilter()
