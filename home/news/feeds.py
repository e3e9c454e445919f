"""The newest news as an Atom feed; it takes the same query as the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home.news.index import NewsIndexPage
from home.news.listing import news_list
from home.news.pages import NewsPage
from partybuilding.core.lists import FacetList
from partybuilding.core.pages import FRESH_SECONDS, open_to_all

NEWEST = 50
#: An item with its address; one feed answers many requests at once, so nothing is kept on it.
Entry = tuple[NewsPage, str]


@dataclass(frozen=True)
class Asked:
    """What one request asks the feed for."""

    request: HttpRequest
    listing: FacetList
    index: NewsIndexPage | None


class NewsFeed(Feed):
    """The news that a query of the list finds, newest first."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page: the same for everybody, from any cache."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = open_to_all(NewsIndexPage.objects.all()).first()
        address = index.get_url(request) if index else None
        path = address or reverse("wagtail_serve", args=[""])
        return Asked(request, news_list(request.GET, path), index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list, with what narrows it."""
        title = asked.index.title if asked.index else _("News of the column")
        narrowed = "、".join(one["value"] for one in asked.listing.active)
        return f"{title}（{narrowed}）" if narrowed else title

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        path, query = asked.listing.path, asked.listing.query
        return f"{path}?{query}" if query else path

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest of what was found."""
        return [(item, item.get_url(asked.request) or "") for item in asked.listing.found[:NEWEST]]

    def item_title(self, entry: Entry) -> str:
        """Return the item's title."""
        return entry[0].title

    def item_description(self, entry: Entry) -> str:
        """Return the one sentence of it."""
        return entry[0].summary

    def item_link(self, entry: Entry) -> str:
        """Return its address."""
        return entry[1]

    def item_author_name(self, entry: Entry) -> str:
        """Return who stands behind the text."""
        return entry[0].source

    def item_categories(self, entry: Entry) -> list[str]:
        """Return its category."""
        return [entry[0].category.name] if entry[0].category else []

    def item_pubdate(self, entry: Entry) -> datetime | None:
        """Return when it was first published."""
        return entry[0].published_on

    def item_updateddate(self, entry: Entry) -> datetime | None:
        """Return when it was last published."""
        return entry[0].last_published_at
