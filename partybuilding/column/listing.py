"""The list of projects that residents read: live pages only, filtered, searched, sorted, paged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partybuilding.organizations.states import Sector
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import TABLE

PER_PAGE = 20
SORTS = {
    "newest": ("-first_published_at", "-pk"),
    "number": ("project__code", "pk"),
    "title": ("title", "pk"),
}
SORT_LABELS = {
    "newest": _("Newest first"),
    "number": _("By number"),
    "title": _("By title"),
}


@dataclass
class Choice:
    """One value that a filter offers, with the number of projects behind it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass
class Listing:
    """A list of projects as one query asked for it."""

    page: PaginatorPage
    count: int
    q: str
    sort: str
    filters: dict[str, list[Choice]] = field(default_factory=dict)
    query: str = ""

    @property
    def active(self) -> list[tuple[str, Choice]]:
        """The filters that are on, each removable."""
        return [
            (name, choice)
            for name, choices in self.filters.items()
            for choice in choices
            if choice.chosen
        ]


def readable_projects() -> QuerySet[ProjectPage]:
    """Return every project page that residents may read, with what lists show."""
    return ProjectPage.objects.readable().select_related(
        "project__cycle", "project__organization__unit", "lead_image"
    )


def _state_groups() -> dict[str, list[str]]:
    """Group the states by the words that residents read; the group is named by its first state."""
    groups: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for state in TABLE.states:
        if state.public:
            name = names.setdefault(str(state.public), state.code)
            groups.setdefault(name, []).append(state.code)
    return groups


def project_list(query: QueryDict | Mapping[str, Any], year: int | None = None) -> Listing:
    """List what a query asks for; unknown parameters and values are ignored, never an error."""
    pages = readable_projects()
    if year is not None:
        pages = pages.filter(project__cycle__year=year)
    q = str(query.get("q", "")).strip()[:60]
    sort = query.get("sort") if query.get("sort") in SORTS else "newest"
    filters = _filters(pages, query, with_year=year is None)
    found = _narrow(_match(pages, q), filters).order_by(*SORTS[sort])
    paginator = Paginator(found, PER_PAGE)
    page = paginator.get_page(query.get("page"))
    kept = {name: [c.value for c in choices if c.chosen] for name, choices in filters.items()}
    return Listing(page, paginator.count, q, sort, filters, _query_string(q, sort, kept))


def _query_string(q: str, sort: str, chosen: dict[str, list[str]]) -> str:
    """Write the query in one canonical form, without the page."""
    out = QueryDict(mutable=True)
    if q:
        out["q"] = q
    for name, values in chosen.items():
        out.setlist(name, values)
    if sort != "newest":
        out["sort"] = sort
    return out.urlencode()


def _match(pages: QuerySet[ProjectPage], q: str) -> QuerySet[ProjectPage]:
    if not q:
        return pages
    return pages.filter(
        Q(title__icontains=q)
        | Q(summary__icontains=q)
        | Q(project__organization__name__icontains=q)
        | Q(project__code__iexact=q)
    )


def _filters(
    pages: QuerySet[ProjectPage], query: Any, *, with_year: bool
) -> dict[str, list[Choice]]:
    groups = _state_groups()
    public_label = {state.code: state.public for state in TABLE.states}
    state_of = {code: name for name, codes in groups.items() for code in codes}
    rows = pages.order_by().values_list(
        "project__cycle__year",
        "project__sector",
        "project__organization__unit_id",
        "project__organization__unit__name",
        "project__state",
    )
    counts: dict[str, dict[str, int]] = {name: {} for name in ("year", "sector", "unit", "state")}
    labels: dict[str, dict[str, str]] = {
        "year": {},
        "sector": {code: str(label) for code, label in Sector.choices},
        "unit": {},
        "state": {name: str(public_label[name]) for name in groups},
    }
    for cycle_year, sector, unit_id, unit_name, state, total in rows.annotate(n=Count("pk")):
        labels["year"][str(cycle_year)] = str(_("Year %(year)s") % {"year": cycle_year})
        labels["unit"][str(unit_id)] = unit_name or ""
        for name, value in (
            ("year", str(cycle_year)),
            ("sector", sector),
            ("unit", str(unit_id)),
            ("state", state_of[state]),
        ):
            counts[name][value] = counts[name].get(value, 0) + total
    chosen = {name: set(_values(query, name)) for name in counts}
    if not with_year:
        del counts["year"]
    order = {"year": lambda v: -int(v), "unit": lambda v: labels["unit"][v]}
    return {
        name: [
            Choice(value, labels[name].get(value, value), found[value], value in chosen[name])
            for value in sorted(found, key=order.get(name, list(labels[name]).index))
        ]
        for name, found in counts.items()
    }


def _values(query: Any, name: str) -> list[str]:
    if hasattr(query, "getlist"):
        return query.getlist(name)
    value = query.get(name, [])
    return value if isinstance(value, list) else [str(value)]


LOOKUPS = {
    "year": "project__cycle__year__in",
    "sector": "project__sector__in",
    "unit": "project__organization__unit__in",
}


def _narrow(
    pages: QuerySet[ProjectPage], filters: dict[str, list[Choice]]
) -> QuerySet[ProjectPage]:
    groups = _state_groups()
    for name, choices in filters.items():
        values = [choice.value for choice in choices if choice.chosen]
        if not values:
            continue
        if name == "state":
            codes = [code for value in values for code in groups[value]]
            pages = pages.filter(project__state__in=codes)
        else:
            pages = pages.filter(**{LOOKUPS[name]: values})
    return pages
