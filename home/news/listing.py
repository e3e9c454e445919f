"""The list of news that residents read: narrowed by category and year, the newest first."""

from typing import Any

from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.translation import pgettext, pgettext_lazy

from home.news.models import NewsCategory
from home.news.pages import NewsPage, NewsPageQuerySet, line_of
from partybuilding.core.pages.lists import Facet, FacetList, facet_list

ORDER = ("-first_published_at", "-pk")


def readable_news() -> NewsPageQuerySet:
    """Return every item that residents may read, the newest first, with what lists show."""
    news = NewsPage.objects.readable().for_lists()
    return news.annotate(year=ExtractYear("first_published_at")).order_by(*ORDER)


def news_list(query: Any, path: str) -> FacetList:
    """List what an address asks for; unknown parameters and values are ignored, never an error."""
    return facet_list(readable_news(), query, facets(), path, *ORDER)


def facets() -> tuple[Facet, Facet]:
    """Return what the list can be narrowed to: the categories in their order, the years backwards."""
    names = dict(NewsCategory.objects.values_list("code", "name"))
    places = {code: place for place, code in enumerate(names)}
    return (
        Facet(
            "category",
            pgettext_lazy("news", "Category"),
            "category__code",
            lambda code: names[code],
            order=lambda code: places[code],
        ),
        Facet(
            "year",
            pgettext_lazy("news", "Year"),
            "year",
            lambda year: pgettext("news", "%(year)s") % {"year": year},
            order=lambda year: -year,
        ),
    )


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
