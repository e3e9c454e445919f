"""What the register of case studies can be narrowed to."""

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.permissions import waiting_for
from partybuilding.cases.states import CaseState
from partybuilding.organizations.states import Sector
from partybuilding.projects.filters import by_due, cycles_of


class CaseFilters(WagtailFilterSet):
    """The filters of the register of case studies."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("state"), choices=CaseState.choices, widget=forms.CheckboxSelectMultiple
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
    cycle = django_filters.ModelMultipleChoiceFilter(
        label=_("programme year"),
        field_name="project__cycle",
        queryset=cycles_of,
        widget=forms.CheckboxSelectMultiple,
    )
    sector = django_filters.MultipleChoiceFilter(
        label=_("field"),
        field_name="project__sector",
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = CaseStudy
        fields: ClassVar[list[str]] = []

    def by_desk(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
