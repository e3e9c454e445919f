"""What the register of projects can be narrowed to; every choice is of the user's own scope."""

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import standing_of
from partybuilding.organizations.states import Sector
from partybuilding.projects.models import Assessment, Project, Rating
from partybuilding.projects.permissions import waiting_for
from partybuilding.projects.states import Method, ProjectState

#: Days ahead that count as "soon".
SOON = 7


def units_of(request: Any) -> QuerySet[Organization]:
    """Return the reporting units that stand in the user's register, and no other."""
    units = Organization.objects.reporting_units()
    if standing_of(request.user).oversees:
        return units
    seen = Project.objects.visible_to(request.user).order_by()
    return units.filter(pk__in=seen.values("organization__unit"))


def cycles_of(request: Any) -> QuerySet[Cycle]:
    """Return the years that the user may see."""
    return Cycle.objects.visible_to(request.user)


def by_due(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep what is overdue, due today, or due soon."""
    today = timezone.localdate()
    spans = {
        "overdue": {"due_on__lt": today},
        "today": {"due_on": today},
        "soon": {"due_on__gte": today, "due_on__lte": today + timedelta(days=SOON)},
    }
    return queryset.filter(**spans[value]) if value else queryset


def by_joint(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep joint applications, or single ones."""
    return queryset.filter(is_joint=value == "joint") if value else queryset


def by_lack(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep what awaits the decision and lacks a step of its preparation."""
    return queryset.filter(lacks(value)) if value else queryset


def lacks(part: str) -> Q:
    """Return the condition for awaiting the decision without a part of the preparation."""
    of_project = {"project": OuterRef("pk")}
    there = {
        "assessment": Assessment.objects.filter(**of_project),
        "visit": Assessment.objects.filter(**of_project, method=Method.VISIT),
        "rating": Rating.objects.filter(**of_project),
    }[part]
    return Q(~Exists(there), state=ProjectState.FIRST_PASSED)


class ProjectFilters(WagtailFilterSet):
    """The filters of the register of projects."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("state"),
        choices=ProjectState.choices,
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
    sector = django_filters.MultipleChoiceFilter(
        label=_("field"),
        choices=Sector.choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = django_filters.ModelMultipleChoiceFilter(
        label=_("reporting unit"),
        field_name="organization__unit",
        queryset=units_of,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cycle = django_filters.ModelMultipleChoiceFilter(
        label=_("programme year"),
        queryset=cycles_of,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joint = django_filters.ChoiceFilter(
        label=_("Joint application"),
        method=by_joint,
        choices=[("joint", _("Joint")), ("single", _("Single"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    lack = django_filters.ChoiceFilter(
        label=_("Before the decision"),
        method=by_lack,
        choices=[
            ("assessment", _("Pre-assessment not recorded")),
            ("visit", _("Not visited yet")),
            ("rating", _("Not rated yet")),
        ],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not standing_of(self.request.user).oversees:
            del self.filters["lack"]

    def by_desk(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
