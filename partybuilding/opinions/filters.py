"""What the register of opinions can be narrowed to; every choice is of the user's own scope."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.core.registers.filters import DUE, AnyOf, OneOf, by_due
from partybuilding.core.states import Role
from partybuilding.core.types import Rows
from partybuilding.cycles.models import Cycle
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.models.queries import OpinionQuerySet
from partybuilding.opinions.permissions import waiting_for
from partybuilding.opinions.states import OUTCOMES, OpinionState
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.states import SECTORS


def units_of(request: Any) -> QuerySet[Organization]:
    """Return the reporting units whose opinions a user may see."""
    roles = roles_of_user(request.user)
    units = Organization.objects.reporting_units()
    return units if roles.oversees else units.filter(pk__in=roles.ids(Role.UNIT))


def by_likeness(queryset: Rows, name: str, value: str) -> Rows:
    """Keep those that are one of many alike, or leave them out."""
    return queryset.filter(is_similar=value == "only") if value else queryset


def by_publication(queryset: OpinionQuerySet, name: str, value: str) -> OpinionQuerySet:
    """Keep what everybody may read, what was withheld, or what is undecided."""
    if value == "published":
        return queryset.published()
    if value == "withheld":
        return queryset.exclude(withheld="")
    return queryset.undecided() if value else queryset


def by_lateness(queryset: OpinionQuerySet, name: str, value: str) -> OpinionQuerySet:
    """Keep what was answered late, or is unanswered after its day."""
    return queryset.late() if value else queryset


class OpinionFilters(WagtailFilterSet):
    """The filters of the register of opinions."""

    desk = OneOf(
        label=_("On my desk"),
        method="by_desk",
        choices=[("mine", _("Waiting for me"))],
    )
    state = AnyOf(
        label=_("state"),
        choices=OpinionState.choices,
    )
    due = OneOf(
        label=_("due on"),
        method=by_due,
        choices=DUE,
    )
    similar = OneOf(
        label=_("Alike"),
        method=by_likeness,
        choices=[("apart", _("Without those alike")), ("only", _("Only those alike"))],
    )
    outcome = AnyOf(
        label=pgettext_lazy("of an opinion", "outcome"),
        choices=OUTCOMES.pairs,
    )
    late = OneOf(
        label=_("Answered late"),
        method=by_lateness,
        choices=[("1", pgettext_lazy("filter", "Late"))],
    )
    publication = OneOf(
        label=_("Publication of the exchange"),
        method=by_publication,
        choices=[
            ("undecided", _("Undecided")),
            ("published", pgettext_lazy("opinions", "Published")),
            ("withheld", _("Not published")),
        ],
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("reporting unit"), queryset=units_of, empty_label=_("Everything")
    )
    cycle = django_filters.ModelChoiceFilter(
        label=_("programme year"), queryset=Cycle.objects.all(), empty_label=_("Everything")
    )
    sector = AnyOf(
        label=_("field"),
        field_name="project__sector",
        choices=SECTORS.pairs,
    )
    like = django_filters.CharFilter(field_name="fingerprint", widget=forms.HiddenInput, label="")

    class Meta:
        model = Opinion
        fields: ClassVar[list[str]] = []

    def by_desk(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep what waits for the user."""
        return waiting_for(queryset, self.request.user) if value else queryset
