"""The index of the news."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from home.news.listing import card_of, news_list, readable_news
from home.news.pages import NewsPage
from partybuilding.core.pages.listed import ListIndexPage
from partybuilding.core.pages.lists import Listing

#: The newest items stand above the list: the first with its picture, the others as lines.
LEADING = 5
#: How many items of a list show their picture; a first view keeps to 15 requests.
PICTURED = 5


class NewsIndexPage(ListIndexPage):
    """All news that residents may read, with filters; the newest stands first, with its picture."""

    column_type = pgettext_lazy("column type", "News")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    template = "home/news/news_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("news index")
        verbose_name_plural = gettext_lazy("news indexes")

    @classmethod
    def listed(cls) -> QuerySet[NewsPage]:
        """Return every item."""
        return readable_news()

    @classmethod
    def list_of(cls, query: Any, path: str = "") -> Listing:
        """List the news that an address asks for."""
        return news_list(query, path)

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
