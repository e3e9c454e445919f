"""The list of news that residents read: narrowed by category and year, the newest first."""

from typing import Any

from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.translation import pgettext, pgettext_lazy

from home.news.pages import NewsPage, NewsPageQuerySet, line_of
from partybuilding.core.pages.facets import Facet, year_facet
from partybuilding.core.pages.lists import Listing, list_of

ORDER = ("-first_published_at", "-pk")


def readable_news() -> NewsPageQuerySet:
    """Return every item that residents may read, the newest first, with what lists show."""
    news = NewsPage.objects.readable().for_lists()
    return news.annotate(year=ExtractYear("first_published_at")).order_by(*ORDER)


FACETS = (
    Facet(
        "category",
        pgettext_lazy("news", "Category"),
        "category__code",
        words=lambda _code, _order, _pk, name: name,
        order=lambda _code, order, pk, _name: (order, pk),
        along=("category__order", "category__pk", "category__name"),
    ),
    year_facet(
        "year",
        words=lambda year: pgettext("news", "%(year)s") % {"year": year},
        label=pgettext_lazy("news", "Year"),
    ),
)


def news_list(query: Any, path: str) -> Listing:
    """List what an address asks for; unknown parameters and values are ignored, never an error."""
    return list_of(readable_news(), query, FACETS, path, *ORDER)


def card_of(page: NewsPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a list shows of an item."""
    return {
        **line_of(page, request),
        "summary": page.summary,
        "source": page.source,
        "category": page.category.name if page.category else "",
        "meta": page.category.name if page.category else page.source,
        "image": page.card_picture if pictured else None,
    }
