"""The register of brands: who has them, for how long, and the way to their pages."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.filters import BrandFilters
from partybuilding.brands.models import Brand
from partybuilding.brands.selectors import register_of
from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin
from partybuilding.core.registers.cells import TitleColumn
from partybuilding.core.registers.columns import (
    day_of,
    place_column,
    sector_column,
    standing_columns,
)
from partybuilding.organizations.permissions import standing_of


class BrandAdmin(RegisterAdmin):
    """The register of brands."""

    model = Brand
    base_url_path = "party/brands"
    menu_label = _("Brands")
    menu_icon = "pick"
    filterset_class = BrandFilters
    search_fields = ("name", "organization__name", "origins__project__code")
    default_ordering = DUE_FIRST
    export_columns = (
        (_("brand name"), str),
        (_("brand owner"), lambda brand: brand.organization.name),
        (_("reporting unit"), lambda brand: brand.organization.unit),
        (_("field"), lambda brand: brand.get_sector_display()),
        (_("state"), lambda brand: brand.state_row.label),
        (_("in this state since"), lambda brand: day_of(brand.state_since)),
        (_("due on"), lambda brand: brand.due_on),
        (_("recognised at"), lambda brand: day_of(brand.recognised_at)),
        (_("promoted at"), lambda brand: day_of(brand.promoted_at)),
    )

    def may_list(self, user: Any) -> bool:
        """Show it to staff."""
        return standing_of(user).is_staff

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brand]:
        """Return what the user may see."""
        return register_of(request.user).distinct()

    def opened_at(self, item: Brand) -> str:
        """Return the address of the brand's file."""
        return reverse("partybuilding:brand", args=[item.pk])

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "name",
            label=_("brand name"),
            accessor=str,
            sort_key="name",
            get_url=self.opener(request),
        )
        yield place_column(Brand, _("brand owner"))
        yield sector_column()
        yield from standing_columns()
