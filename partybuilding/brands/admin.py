"""The register of brands: who has them, for how long, and the way to their pages."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.kind import KIND
from partybuilding.brands.models import Brand, BrandOrigin
from partybuilding.brands.selectors import register_of
from partybuilding.brands.states import TABLE
from partybuilding.core.registers.cells import (
    day_of,
    place_column,
    sector_column,
    standing_columns,
)
from partybuilding.core.registers.filters import AnyOf, OneOf, RecordFilters
from partybuilding.core.types import Rows
from partybuilding.organizations.states import SECTORS
from partybuilding.spreading.admin import SpreadAdmin


def by_page(queryset: Rows, name: str, value: str) -> Rows:
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
    sector = AnyOf(label=_("field"), choices=SECTORS.pairs)


class BrandAdmin(SpreadAdmin):
    """The register of brands."""

    kind = KIND
    model = Brand
    base_url_path = "party/brands"
    menu_label, menu_icon = KIND.label, KIND.icon
    filterset_class = BrandFilters
    search_fields = ("name", "organization__name")
    export_columns = (
        (_("brand name"), str),
        (_("brand owner"), lambda brand: brand.organization.name),
        (_("reporting unit"), lambda brand: brand.organization.unit),
        (_("field"), lambda brand: brand.get_sector_display()),
        *SpreadAdmin.standing_export,
        (_("recognised at"), lambda brand: day_of(brand.recognised_at)),
        (_("promoted at"), lambda brand: day_of(brand.promoted_at)),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brand]:
        """Return what the user may see."""
        return register_of(request.user)

    def search_extra(self, word: str) -> Q:
        """Find brands by the numbers of the projects that they grew from."""
        grown = BrandOrigin.objects.filter(project__code__icontains=word)
        return Q(pk__in=grown.values("brand"))

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield self.title_column(request, "name", _("brand name"))
        yield place_column(Brand, _("brand owner"))
        yield sector_column()
        yield from standing_columns()
