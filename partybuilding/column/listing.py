"""The list of projects that residents read: live pages only, filtered, searched, sorted, paged."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from partybuilding.column.facets import FILTERS, Choice, chosen_values, expressions, facets
from partybuilding.core.pages import pictures
from partybuilding.projects.models import Partner
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.stages import STAGES

PER_PAGE = 20
QUERY_LENGTH = 60
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
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass
class Listing:
    """A list of projects as one query asked for it."""

    found: QuerySet[ProjectPage]
    page: PaginatorPage
    q: str
    sort: str
    filters: dict[str, list[Choice]] = field(default_factory=dict)
    asks_page: bool = False

    @property
    def taken_along(self) -> QuerySet[ProjectPage]:
        """What data files and feeds of the same query list: all of it, or the page that it asks for."""
        return self.page.object_list if self.asks_page else self.found

    @property
    def count(self) -> int:
        """The number of projects found, on all pages."""
        return self.page.paginator.count

    @property
    def active(self) -> list[tuple[str, Choice]]:
        """The filters that are on, each removable."""
        return [
            (name, choice)
            for name, choices in self.filters.items()
            for choice in choices
            if choice.chosen
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether the query leaves anything out."""
        return bool(self.q or self.active)

    @property
    def is_whole(self) -> bool:
        """Whether it is the first page of everything."""
        return not self.is_narrowed and self.page.number == 1

    def query(self, *, without: tuple[str, str] | None = None) -> str:
        """Write the query in its one canonical form, without the page and one value taken off."""
        out = QueryDict(mutable=True)
        if self.q and without != ("q", self.q):
            out["q"] = self.q
        for name, choice in self.active:
            if without != (name, choice.value):
                out.appendlist(name, choice.value)
        if self.sort != "newest":
            out["sort"] = self.sort
        return out.urlencode()


def readable_projects() -> QuerySet[ProjectPage]:
    """Return every project page that residents may read, with what lists show."""
    cuts = get_image_model().get_rendition_model().objects.filter(filter_spec=pictures.CARD)
    return (
        ProjectPage.objects.readable()
        .defer("body", "attachments")
        .select_related(
            "project__cycle",
            "project__organization__unit",
            "project__grade_class",
            "lead_image",
        )
        .prefetch_related(
            Prefetch("lead_image__renditions", queryset=cuts, to_attr="prefetched_renditions")
        )
    )


def project_list(query: QueryDict | Mapping[str, Any], cycle_id: int | None = None) -> Listing:
    """List what a query asks for; unknown parameters and values are ignored, never an error."""
    pages = readable_projects()
    if cycle_id is not None:
        pages = pages.filter(project__cycle=cycle_id)
    q = clean_words(query.get("q", ""))
    sort = query.get("sort") if query.get("sort") in SORTS else "newest"
    names = [name for name in FILTERS if name != "year" or cycle_id is None]
    asked = {name: chosen_values(query, name) for name in names}
    filters, count = facets(pages, condition(q), asked)
    found = narrow(pages.filter(condition(q)), filters).order_by(*SORTS[sort])
    paginator = Paginator(found, PER_PAGE)
    paginator.count = count
    page = paginator.get_page(query.get("page"))
    return Listing(found, page, q, sort, filters, asks_page="page" in query)


def clean_words(text: Any) -> str:
    """Fold what somebody typed: full-width to half-width, no control characters, not too long."""
    folded = unicodedata.normalize("NFKC", UNPRINTABLE.sub(" ", str(text)))
    return " ".join(folded.split())[:QUERY_LENGTH]


def condition(q: str) -> Q:
    """Return the condition that every word is somewhere in title, summary, organisations or number."""
    found = Q()
    for word in q.split():
        found &= (
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(project__organization__name__icontains=word)
            | Q(project__in=_joined_by(word))
            | Q(project__code__icontains=word)
        )
    return found


def _joined_by(name: str) -> QuerySet[Partner]:
    return Partner.objects.filter(organization__name__icontains=name).values("project")


def narrow(pages: QuerySet[ProjectPage], filters: dict[str, list[Choice]]) -> QuerySet[ProjectPage]:
    """Keep what has one of the chosen values of every filter."""
    looks_at = expressions()
    for name, choices in filters.items():
        values = [choice.value for choice in choices if choice.chosen]
        if values:
            stored = [code for value in values for code in STAGES.get(value, [value])]
            pages = pages.alias(**{f"of_{name}": looks_at[name]}).filter(
                **{f"of_{name}__in": stored}
            )
    return pages
