"""The newest notices as an Atom feed; it takes the same query as the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.listing import notice_list
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.lists import FacetList
from partybuilding.core.pages import FRESH_SECONDS, open_to_all

NEWEST = 50
#: A notice with its address; one feed answers many requests at once, so nothing is kept on it.
Entry = tuple[NoticePage, str]


@dataclass(frozen=True)
class Asked:
    """What one request asks the feed for."""

    request: HttpRequest
    listing: FacetList
    index: NoticeIndexPage | None


class NoticeFeed(Feed):
    """The notices that a query of the list finds, newest first."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page: the same for everybody, from any cache."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = open_to_all(NoticeIndexPage.objects.all()).first()
        address = index.get_url(request) if index else None
        path = address or reverse("wagtail_serve", args=[""])
        return Asked(request, notice_list(request.GET, path), index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Public notices")

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        path, query = asked.listing.path, asked.listing.query
        return f"{path}?{query}" if query else path

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest of what was found."""
        newest = asked.listing.found[:NEWEST]
        return [(notice, notice.get_url(asked.request) or "") for notice in newest]

    def item_title(self, entry: Entry) -> str:
        """Return the notice's title."""
        return entry[0].title

    def item_description(self, entry: Entry) -> str:
        """Return its kind and its period."""
        notice = entry[0]
        parts = (notice.get_kind_display(), notice.period.words if notice.period else "")
        return "；".join(part for part in parts if part)

    def item_link(self, entry: Entry) -> str:
        """Return its address."""
        return entry[1]

    def item_author_name(self, entry: Entry) -> str:
        """Return who issues it."""
        return entry[0].issuer

    def item_pubdate(self, entry: Entry) -> datetime | None:
        """Return when it was first published."""
        return entry[0].first_published_at

    def item_updateddate(self, entry: Entry) -> datetime | None:
        """Return when it was last published."""
        return entry[0].last_published_at
