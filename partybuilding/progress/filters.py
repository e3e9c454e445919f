"""What the registers of questions and changes can be narrowed to."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.core.states import Role
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.states import ASKING, ChangeState, QuestionState
from partybuilding.projects.filters import by_due, cycles_of, units_of
from partybuilding.projects.states import ChangedPart

BOXES = forms.CheckboxSelectMultiple


class KeepingFilters(WagtailFilterSet):
    """What both registers can be narrowed to."""

    desk = django_filters.ChoiceFilter(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
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
    unit = django_filters.ModelMultipleChoiceFilter(
        label=_("reporting unit"),
        field_name="project__organization__unit",
        queryset=units_of,
        distinct=False,
        widget=BOXES,
    )
    cycle = django_filters.ModelMultipleChoiceFilter(
        label=_("programme year"),
        field_name="project__cycle",
        queryset=cycles_of,
        distinct=False,
        widget=BOXES,
    )

    class Meta:
        fields: ClassVar[list[str]] = []

    def by_desk(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return queryset.waiting_for(self.request.user) if value else queryset


class QuestionFilters(KeepingFilters):
    """The filters of the register of questions."""

    state = django_filters.MultipleChoiceFilter(
        label=_("state"), choices=QuestionState.choices, distinct=False, widget=BOXES
    )
    asked_as = django_filters.MultipleChoiceFilter(
        label=_("asked by"),
        choices=[(role.value, role.label) for role in Role if role in ASKING],
        distinct=False,
        widget=BOXES,
    )

    class Meta(KeepingFilters.Meta):
        model = StepQuestion


class ChangeFilters(KeepingFilters):
    """The filters of the register of changes."""

    state = django_filters.MultipleChoiceFilter(
        label=_("state"), choices=ChangeState.choices, distinct=False, widget=BOXES
    )
    part = django_filters.MultipleChoiceFilter(
        label=_("what is changed"), choices=ChangedPart.choices, distinct=False, widget=BOXES
    )

    class Meta(KeepingFilters.Meta):
        model = CommitmentChange
