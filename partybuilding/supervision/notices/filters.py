"""What the register of feedback notices can be narrowed to; every choice is of the user's own scope."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.organizations.states import Sector
from partybuilding.projects.filters import by_due, cycles_of, units_of
from partybuilding.supervision.filters import by_quarter, quarter_choices
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.permissions import waiting_for
from partybuilding.supervision.notices.states import FeedbackState

BOXES = forms.CheckboxSelectMultiple


def by_open(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep the notices with findings that are open, those whose findings are all closed, or those without any."""
    conditions = {
        "open": {"n_open__gt": 0},
        "closed": {"n_findings__gt": 0, "n_open": 0},
        "none": {"n_findings": 0},
    }
    return queryset.filter(**conditions[value]) if value else queryset


class FeedbackFilters(WagtailFilterSet):
    """The filters of the register of feedback notices."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("state"), choices=FeedbackState.choices, distinct=False, widget=BOXES
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
    findings = django_filters.ChoiceFilter(
        label=_("Findings"),
        method=by_open,
        choices=[
            ("open", _("With open findings")),
            ("closed", _("All findings closed")),
            ("none", _("Without findings")),
        ],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    quarter = django_filters.MultipleChoiceFilter(
        field_name="activity__quarter",
        label=_("quarter"),
        method=by_quarter,
        choices=[],
        distinct=False,
        widget=BOXES,
    )
    cycle = django_filters.ModelMultipleChoiceFilter(
        field_name="project__cycle",
        label=_("programme year"),
        queryset=cycles_of,
        distinct=False,
        widget=BOXES,
    )
    unit = django_filters.ModelMultipleChoiceFilter(
        field_name="project__organization__unit",
        label=_("reporting unit"),
        queryset=units_of,
        distinct=False,
        widget=BOXES,
    )
    sector = django_filters.MultipleChoiceFilter(
        field_name="project__sector",
        label=_("field"),
        choices=Sector.choices,
        distinct=False,
        widget=BOXES,
    )

    class Meta:
        model = FeedbackNotice
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["quarter"].extra["choices"] = quarter_choices(self.request.user)

    def by_desk(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
