"""What the register of brands can be narrowed to."""

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.brands.models import Brand
from partybuilding.brands.permissions import waiting_for
from partybuilding.brands.states import TABLE, BrandState
from partybuilding.organizations.states import Sector
from partybuilding.projects.filters import by_due


def by_page(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep the brands whose page residents can read, or those that may have one and cannot be read."""
    if value == "live":
        return queryset.filter(page__live=True)
    public = queryset.filter(state__in=TABLE.public_states())
    return public.exclude(page__live=True) if value else queryset


class BrandFilters(WagtailFilterSet):
    """The filters of the register of brands."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("state"), choices=BrandState.choices, widget=forms.CheckboxSelectMultiple
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
    page = django_filters.ChoiceFilter(
        label=_("Public page"),
        method=by_page,
        choices=[("live", _("Can be read")), ("hidden", _("Recognised, not yet to be read"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    sector = django_filters.MultipleChoiceFilter(
        label=_("field"), choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Brand
        fields: ClassVar[list[str]] = []

    def by_desk(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
