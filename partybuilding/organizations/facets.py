"""The facets of public lists that lead to an organisation: reporting unit and field."""

from typing import Any

from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.facets import Facet, choice_facet
from partybuilding.organizations.states import Sector

FIELD = pgettext_lazy("column", "Field")


def sector_facet(lookup: Any, **more: Any) -> Facet:
    """Return the facet of the field of work."""
    return choice_facet("sector", FIELD, lookup, Sector, **more)


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
