"""The list of news that residents read: narrowed by category and year, the newest first; its feed."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from home.news.pages import NewsPage, NewsPageQuerySet, line_of
from partybuilding.core.pages.facets import Facet, year_facet
from partybuilding.core.pages.feeds import Asked, Entry, ListFeed
from partybuilding.core.pages.lists import ListIndexPage, Listing

ORDER = ("-first_published_at", "-pk")
#: Items that other pages show.
LATEST = 5
#: The newest items stand above the list: the first with its picture, the others as lines.
LEADING = 5
#: How many items of a list show their picture; a first view keeps to 15 requests.
PICTURED = 5


def readable_news() -> NewsPageQuerySet:
    """Return every item that residents may read, the newest first, with what lists show."""
    news = NewsPage.objects.readable().for_lists()
    return news.annotate(year=ExtractYear("first_published_at")).order_by(*ORDER)


def latest_news(most: int = LATEST) -> NewsPageQuerySet:
    """Return the newest items that residents may read, with what lists show."""
    return readable_news()[:most]


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


class NewsIndexPage(ListIndexPage):
    """All news that residents may read, with filters; the newest stands first, with its picture."""

    column_type = pgettext_lazy("column type", "News")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    template = "home/news/news_index_page.html"

    facets = (
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
    order = ORDER

    class Meta:
        verbose_name = gettext_lazy("news index")
        verbose_name_plural = gettext_lazy("news indexes")

    @classmethod
    def listed(cls) -> QuerySet[NewsPage]:
        """Return every item."""
        return readable_news()

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return the newest items above the list, the others as cards, and the list as a feed."""
        items = list(listing.page)
        leads = LEADING if listing.is_whole else 0
        cards = [
            card_of(page, request, pictured=at < PICTURED) for at, page in enumerate(items[leads:])
        ]
        feed = listing.address_of("news_feed")
        return {
            "lead": card_of(items[0], request) if items and leads else None,
            "lines": [card_of(page, request, pictured=False) for page in items[1:leads]],
            "cards": cards,
            "feed_url": feed,
            "feeds": [{"text": _("Subscribe to this list"), "href": feed, "kind": "Atom"}],
        }


class NewsFeed(ListFeed):
    """The news that a query of the list finds, newest first."""

    index_model = NewsIndexPage
    heading = gettext_lazy("News of the column")

    def title(self, asked: Asked) -> str:
        """Return the title of the list, with what narrows it."""
        narrowed = "、".join(one["value"] for one in asked.listing.active)
        return f"{super().title(asked)}（{narrowed}）" if narrowed else super().title(asked)

    def entry_of(self, one: NewsPage, request: HttpRequest) -> Entry:
        """Tell one item in one sentence."""
        return Entry(
            title=one.title,
            text=one.summary,
            href=one.get_url(request) or "",
            author=one.source,
            published=one.published_on,
            updated=one.last_published_at,
            categories=(one.category.name,) if one.category else (),
        )
