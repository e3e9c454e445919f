"""What the registers of activities and rectifications can be narrowed to; all of the user's own scope."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.projects.filters import by_due, cycles_of, units_of
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.permissions import waiting_for
from partybuilding.supervision.quarters import Quarter
from partybuilding.supervision.selectors.board import months_of, quarters_of
from partybuilding.supervision.selectors.files import officers
from partybuilding.supervision.states import ActivityKind, RectificationState, Standing
from partybuilding.supervision.wording import month_words, quarter_words

#: In the filter of officers: nobody yet.
NOBODY = "none"


def cycle_filter() -> django_filters.ModelMultipleChoiceFilter:
    """Return the filter of programme years."""
    return django_filters.ModelMultipleChoiceFilter(
        label=_("programme year"),
        field_name="project__cycle",
        queryset=cycles_of,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )


def unit_filter() -> django_filters.ModelMultipleChoiceFilter:
    """Return the filter of reporting units."""
    return django_filters.ModelMultipleChoiceFilter(
        label=_("reporting unit"),
        field_name="project__organization__unit",
        queryset=units_of,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )


def by_quarter(queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
    """Keep what is of some quarters, e.g. "2022-3"; `name` leads to the quarter of the activity."""
    to, scope = name.removesuffix("quarter"), Q()
    for value in values:
        year, number = map(int, value.split("-"))
        scope |= Q(**Quarter(year, number).lookup(to))
    return queryset.filter(scope)


def quarter_choices(user: Any) -> list[tuple[str, str]]:
    """Return the quarters of the user's scope, as `by_quarter` reads them."""
    return [(f"{y}-{q}", quarter_words(y, q)) for y, q in quarters_of(user)]


def by_month(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep what is planned for a month, or else has its last day in it, e.g. "2022-06"."""
    if not value:
        return queryset
    year, month = value.split("-")
    with_day = queryset.alias(day=Coalesce("planned_on", "due_on"))
    return with_day.filter(day__year=year, day__month=month)


def by_officer(queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
    """Keep what is some officers', or nobody's."""
    if not values:
        return queryset
    people = [int(value) for value in values if value != NOBODY]
    return queryset.filter(
        Q(officer__in=people) | (Q(officer=None) if NOBODY in values else Q(pk__in=[]))
    )


def by_findings(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep what found something, or whose findings are not all verified."""
    found = Rectification.objects.filter(activity=OuterRef("pk"))
    if value == "open":
        found = found.unresolved()
    return queryset.filter(Exists(found)) if value else queryset


class ActivityFilters(WagtailFilterSet):
    """The filters of the register of activities."""

    standing = django_filters.MultipleChoiceFilter(
        label=_("state"),
        choices=Standing.choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("kind of activity"),
        choices=ActivityKind.choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quarter = django_filters.MultipleChoiceFilter(
        label=_("quarter"),
        method=by_quarter,
        widget=forms.CheckboxSelectMultiple,
    )
    month = django_filters.ChoiceFilter(
        label=_("Month"), method=by_month, empty_label=_("Everything")
    )
    due = django_filters.ChoiceFilter(
        label=_("due on"),
        method="by_open_due",
        choices=[
            ("overdue", _("Overdue")),
            ("today", _("Due today")),
            ("soon", _("Due within a week")),
        ],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    officer = django_filters.MultipleChoiceFilter(
        label=_("officer in charge"),
        method=by_officer,
        widget=forms.CheckboxSelectMultiple,
    )
    findings = django_filters.ChoiceFilter(
        label=_("Findings"),
        method=by_findings,
        choices=[("some", _("With findings")), ("open", _("With open findings"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    unit = unit_filter()
    cycle = cycle_filter()

    class Meta:
        model = Activity
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        offered: dict[str, list[tuple[str, Any]]] = {
            "quarter": quarter_choices(user),
            "month": [
                (f"{day:%Y-%m}", month_words(day.year, day.month)) for day in months_of(user)
            ],
            "officer": [
                *((str(one.pk), one.get_full_name() or one.get_username()) for one in officers()),
                (NOBODY, _("No officer yet")),
            ],
        }
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    def by_open_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is still to be held and is overdue, due today or due soon."""
        return by_due(queryset.open(), name, value) if value else queryset


def by_lateness(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep what missed its first deadline, or what was given another one."""
    if value == "late":
        return queryset.late()
    return queryset.exclude(rectify_by=F("first_deadline")) if value == "moved" else queryset


class RectificationFilters(WagtailFilterSet):
    """The filters of the register of rectifications."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("state"),
        choices=RectificationState.choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due = django_filters.ChoiceFilter(
        label=_("due on"),
        method=by_due,
        choices=[
            ("overdue", _("Overdue")),
            ("today", _("Due today")),
            ("soon", _("Due within a week")),
        ],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    late = django_filters.ChoiceFilter(
        label=_("Against the first deadline"),
        method=by_lateness,
        choices=[
            ("late", pgettext_lazy("filter", "Late")),
            ("moved", _("Sent back once at least")),
        ],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Found at"),
        field_name="activity__kind",
        choices=ActivityKind.choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = unit_filter()
    cycle = cycle_filter()

    class Meta:
        model = Rectification
        fields: ClassVar[list[str]] = []

    def by_desk(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
