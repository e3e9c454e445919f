"""The register of brands: who has them, for how long, and the way to their pages."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.filters import BrandFilters
from partybuilding.brands.models import Brand
from partybuilding.brands.selectors import register_of
from partybuilding.core.columns import Column, TitleColumn
from partybuilding.core.registers import RegisterAdmin
from partybuilding.core.wording import due_words, holder_words, waiting_words
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.admin import DueColumn, StateColumn


def day_of(moment: Any) -> Any:
    """Return the day of a moment; nothing when there was none."""
    return moment and timezone.localdate(moment)


class BrandAdmin(RegisterAdmin):
    """The register of brands."""

    model = Brand
    base_url_path = "party/brands"
    menu_label = _("Brands")
    menu_icon = "pick"
    filterset_class = BrandFilters
    search_fields = ("name", "organization__name", "origins__project__code")
    default_ordering = ("-state_since", "-pk")
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

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return list(self._columns(request))

    def _columns(self, request: HttpRequest) -> Iterator[Any]:
        yield TitleColumn(
            "name",
            label=_("brand name"),
            accessor=str,
            sort_key="name",
            get_url=self.opener(request),
        )
        yield Column(
            "organization",
            label=_("brand owner"),
            accessor="organization.name",
            sort_key="organization__name",
            classname="party-place",
        )
        yield Column(
            "sector",
            label=_("field"),
            accessor="get_sector_display",
            sort_key="sector",
            classname="party-sector",
        )
        yield StateColumn("state", label=_("state"), accessor="state_row", sort_key="state")
        yield Column(
            "holder", label=_("On whose desk"), accessor=holder_words, classname="party-holder"
        )
        yield Column(
            "waiting",
            label=_("Waiting time"),
            accessor=waiting_words,
            sort_key="state_since",
            classname="party-waiting",
        )
        yield DueColumn("due", label=_("due on"), accessor=due_words, sort_key="due_on")
