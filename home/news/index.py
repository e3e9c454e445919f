"""The index of the news."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from home.news.listing import card_of, news_list
from partybuilding.core.pages import ColumnPage

#: The newest items stand above the list: the first with its picture, the others as lines.
LEADING = 5
#: How many items of a list show their picture; a first view keeps to 15 requests.
PICTURED = 5


class NewsIndexPage(ColumnPage):
    """All news that residents may read, with filters; the newest stands first, with its picture."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    column_type = pgettext_lazy("column type", "News")
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    template = "home/news/news_index_page.html"
    content_panels = [*ColumnPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for."""
        path = self.get_url(request) or request.path
        listing = news_list(request.GET, path)
        items = list(listing.page)
        leads = LEADING if listing.page.number == 1 and not listing.is_narrowed else 0
        cards = [
            card_of(page, request, pictured=at < PICTURED) for at, page in enumerate(items[leads:])
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "lead": card_of(items[0], request) if items and leads else None,
            "lines": [card_of(page, request, pictured=False) for page in items[1:leads]],
            "cards": cards,
            "feed_url": feed_url(listing.query),
            "feeds": [
                {
                    "text": _("Subscribe to this list"),
                    "href": feed_url(listing.query),
                    "kind": "Atom",
                }
            ],
        }


def feed_url(query: str) -> str:
    """Return the address of the feed of a list."""
    address = reverse("news_feed")
    return f"{address}?{query}" if query else address
