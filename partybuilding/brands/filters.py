"""What the register of brands can be narrowed to."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.states import TABLE
from partybuilding.core.registers.filters import AnyOf, OneOf, RecordFilters
from partybuilding.organizations.states import Sector


def by_page(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep the brands whose page residents can read, or those that may have one and cannot be read."""
    if value == "live":
        return queryset.filter(page__live=True)
    public = queryset.filter(state__in=TABLE.public_states())
    return public.exclude(page__live=True) if value else queryset


class BrandFilters(RecordFilters):
    """The filters of the register of brands."""

    page = OneOf(
        label=_("Public page"),
        method=by_page,
        choices=[("live", _("Can be read")), ("hidden", _("Recognised, not yet to be read"))],
    )
    sector = AnyOf(label=_("field"), choices=Sector.choices)
