"""What the registers of organisations and people, and lists by unit, can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.core.pages.facets import Facet, word_facet
from partybuilding.core.pages.lists import Listing
from partybuilding.core.registers.filters import AnyOf, AnyRow, OneOf
from partybuilding.core.states import Role
from partybuilding.core.types import Rows
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.selectors import units_of
from partybuilding.organizations.states import KINDS, SECTORS, OrganizationKind

FIELD = pgettext_lazy("column", "Field")


def sector_facet(lookup: Any, **more: Any) -> Facet:
    """Return the facet of the field of work."""
    return word_facet("sector", FIELD, lookup, SECTORS, **more)


def fields_of(listing: Listing) -> list[dict[str, Any]]:
    """Return the fields of a list as `components/field_line.html` shows them: seal, number, the way to narrow it.

    The way from a field that is chosen takes it off again; one in which nothing stands is left out.
    """
    signs = SECTORS.signs()
    return [
        {
            "sign": signs.get(choice.value, ""),
            "label": choice.label,
            "count": choice.count,
            "href": listing.address(sector="" if choice.chosen else choice.value) + "#list",
            "current": choice.chosen,
        }
        for choice in listing.choices["sector"]
        if choice.count or choice.chosen
    ]


def unit_facet(lookup: str, **more: Any) -> Facet:
    """Return the facet of the reporting unit, by the order of the units' codes; names are read along.

    Args:
        lookup: the way from a listed row to its unit.
    """
    return Facet(
        "unit",
        pgettext_lazy("column", "Reporting unit"),
        lookup,
        words=lambda _pk, _key, name: name,
        order=lambda pk, key, _name: (key, int(pk)),
        along=(f"{lookup}__code_key", f"{lookup}__name"),
        **more,
    )


#: What an organisation can lack.
LACKS = {
    "secretary": Q(secretary_name=""),
    "unit": Q(unit=None, is_reporting_unit=False) & ~Q(kind=OrganizationKind.DISTRICT),
    "people": Q(people=0),
}


def units_in_sight(request: Any) -> QuerySet[Organization]:
    """Return the reporting units that the user may see."""
    return units_of(request.user)


def by_lack(queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
    """Keep the organisations that lack any of these."""
    lacking = Q()
    for part in value:
        lacking |= LACKS[part]
    return queryset.filter(lacking)


class OrganizationFilters(WagtailFilterSet):
    """The filters of the register of organisations."""

    kind = AnyOf(
        label=_("kind"),
        choices=KINDS.pairs,
    )
    sector = AnyOf(
        label=_("sector"),
        choices=SECTORS.pairs,
    )
    unit = AnyRow(
        label=_("reporting unit"),
        queryset=units_in_sight,
        method="by_unit",
    )
    reports = OneOf(
        label=_("is a reporting unit"),
        method="by_reporting",
        choices=[("unit", _("Reporting units")), ("other", _("Other organizations"))],
    )
    lack = AnyOf(
        label=_("Still missing"),
        method=by_lack,
        choices=[
            ("secretary", _("Secretary not entered")),
            ("unit", _("No reporting unit")),
            ("people", _("Nobody appointed")),
        ],
    )
    use = OneOf(
        label=_("Use of the organization"),
        method="by_use",
        choices=[("yes", _("In use")), ("no", _("Out of use"))],
    )

    def by_unit(self, queryset: QuerySet, name: str, value: list[Any]) -> QuerySet:
        """Keep the units and what reports through them."""
        units = [unit.pk for unit in value]
        return queryset.filter(Q(unit__in=units) | Q(pk__in=units)) if units else queryset

    def by_reporting(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep the reporting units, or the others."""
        return queryset.filter(is_reporting_unit=value == "unit")

    def by_use(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep what is in use, or what no longer is."""
        return queryset.filter(is_active=value == "yes")


class PeopleFilters(WagtailFilterSet):
    """The filters of the register of people; what is asked of a membership is asked of the same one."""

    role = AnyOf(
        label=_("role"),
        choices=Role.choices,
    )
    unit = AnyRow(
        label=_("reporting unit"),
        queryset=units_in_sight,
    )
    organization = django_filters.CharFilter(label=_("Name or code of the organization"))
    standing = OneOf(
        label=_("Membership"),
        choices=[
            ("current", _("In office")),
            ("former", _("Formerly in office")),
            ("none", _("Without any membership")),
        ],
    )
    account = OneOf(
        label=_("Account"),
        choices=[("active", _("Account active")), ("off", _("Account deactivated"))],
    )

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Keep who holds or held a membership that fits everything that was asked."""
        asked = self.form.cleaned_data
        if asked["account"]:
            queryset = queryset.filter(is_active=asked["account"] == "active")
        mine = Membership.objects.filter(user=OuterRef("pk"))
        fitting = mine.filter(_fits(asked))
        standing = asked["standing"]
        if standing == "none":
            return queryset.filter(~Exists(mine.open()))
        if standing == "current":
            return queryset.filter(Exists(fitting.current()))
        if standing == "former":
            return queryset.filter(Exists(fitting), ~Exists(fitting.open()))
        return queryset.filter(Exists(fitting)) if _fits(asked) else queryset


def _fits(asked: dict[str, Any]) -> Q:
    fits = Q(role__in=asked["role"]) if asked["role"] else Q()
    if units := asked["unit"]:
        fits &= Q(organization__in=units) | Q(organization__unit__in=units)
    if words := asked["organization"].strip():
        fits &= Q(organization__name__icontains=words) | Q(organization__code__icontains=words)
    return fits
