"""A public list of pages that its address narrows: a few facets with numbers, pages of twenty.

Unknown parameters and values are ignored, never an error (public.md, "Rules of the public record").
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.states import Text

PER_PAGE = 20


@dataclass(frozen=True)
class Facet:
    """One thing a list can be narrowed to.

    Args:
        name: the parameter in the address.
        label: what readers call it.
        lookup: the field it looks at.
        words: writes a stored value in words.
        order: sorts the values as they are offered.
    """

    name: str
    label: Text
    lookup: str
    words: Callable[[Any], str]
    order: Callable[[Any], Any] = str


@dataclass(frozen=True)
class Choice:
    """One value that is offered, with the number of pages behind it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass
class FacetList:
    """A list as one address asked for it.

    Args:
        found: all that was found, for feeds and files; `page` is the part that is shown.
    """

    found: QuerySet
    page: PaginatorPage
    choices: dict[str, list[Choice]]
    facets: tuple[Facet, ...]
    path: str = ""
    active: list[dict[str, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of what was found, on all pages."""
        return self.page.paginator.count

    @property
    def is_narrowed(self) -> bool:
        """Whether the address leaves anything out."""
        return bool(self.active)

    @property
    def query(self) -> str:
        """The query in its one form, without the page."""
        return _query(self)

    @property
    def fields(self) -> list[Any]:
        """The choices of the form above the list, for facets that divide it."""
        form = forms.Form(auto_id="filter_%s")
        for facet in self.facets:
            choices = self.choices[facet.name]
            chosen = [choice.value for choice in choices if choice.chosen]
            if len(choices) > 1 or chosen:
                form.fields[facet.name] = forms.ChoiceField(
                    label=facet.label,
                    required=False,
                    initial=chosen[0] if len(chosen) == 1 else "",
                    choices=[("", pgettext("column", "All")), *map(_offer, choices)],
                )
        return list(form)


def facet_list(
    pages: QuerySet,
    query: QueryDict | Mapping[str, Any],
    facets: Iterable[Facet],
    path: str,
    *order: str,
) -> FacetList:
    """List what an address asks for: one query for the facets and the count, one for the page.

    Every lookup leads to one value of a page, so the numbers behind the facets add up to the count.
    """
    facets = tuple(facets)
    lookups = [facet.lookup for facet in facets]
    counted = pages.order_by().values_list(*lookups).annotate(n=Count("pk"))
    rows = [(tuple(row[:-1]), row[-1]) for row in counted]
    chosen = [
        {values[at] for values, _n in rows if _code(values[at]) in _asked(query, facet.name)}
        for at, facet in enumerate(facets)
    ]
    choices = {facet.name: _choices(facet, at, rows, chosen) for at, facet in enumerate(facets)}
    for facet, values in zip(facets, chosen, strict=True):
        if values:
            pages = pages.filter(**{f"{facet.lookup}__in": values})
    found = pages.order_by(*order)
    paginator = Paginator(found, PER_PAGE)
    paginator.count = sum(number for values, number in rows if _fits(values, chosen))
    page = paginator.get_page(query.get("page"))
    listing = FacetList(found, page, choices, facets, path)
    listing.active = [
        {
            "label": str(facet.label),
            "value": choice.label,
            "href": _address(listing, without=(facet.name, choice.value)),
        }
        for facet in facets
        for choice in choices[facet.name]
        if choice.chosen
    ]
    return listing


def _offer(choice: Choice) -> tuple[str, str]:
    return choice.value, _("%(label)s (%(count)s)") % {"label": choice.label, "count": choice.count}


def _asked(query: Any, name: str) -> set[str]:
    if hasattr(query, "getlist"):
        return set(query.getlist(name))
    return {str(query[name])} if name in query else set()


def _fits(values: tuple[Any, ...], chosen: list[set[Any]]) -> bool:
    """Tell whether a combination of values is among what the facets ask for."""
    return all(not wanted or values[at] in wanted for at, wanted in enumerate(chosen))


def _choices(facet: Facet, at: int, rows: list[Any], chosen: list[set[Any]]) -> list[Choice]:
    """Offer each value with the number that the other facets leave behind it."""
    numbers: Counter[Any] = Counter()
    for values, number in rows:
        others = ((place, wanted) for place, wanted in enumerate(chosen) if place != at and wanted)
        fits = all(values[place] in wanted for place, wanted in others)
        numbers[values[at]] += number if fits else 0
    values = sorted((value for value in numbers if value not in (None, "")), key=facet.order)
    return [
        Choice(str(value), facet.words(value), numbers[value], value in chosen[at])
        for value in values
    ]


def _code(value: Any) -> str | None:
    """Write a stored value as it stands in an address; what has none cannot be asked for."""
    return None if value in (None, "") else str(value)


def _address(listing: FacetList, without: tuple[str, str]) -> str:
    query = _query(listing, without)
    return f"{listing.path}?{query}" if query else listing.path


def _query(listing: FacetList, without: tuple[str, str] | None = None) -> str:
    query = QueryDict(mutable=True)
    for name, choices in listing.choices.items():
        for choice in choices:
            if choice.chosen and (name, choice.value) != without:
                query.appendlist(name, choice.value)
    return query.urlencode()
