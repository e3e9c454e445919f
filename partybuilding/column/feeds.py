"""The projects as an Atom feed; it takes the same query as the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Page

from partybuilding.column.listing import Listing, project_list
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.projects.pages import ProjectPage

#: The most entries of a feed; a query that finds more is read page by page, with `page`.
MOST = 500
#: A page with its address; one feed answers many requests at once, so nothing is kept on it.
Entry = tuple[ProjectPage, str]


@dataclass(frozen=True)
class Asked:
    """What one request asks the feed for."""

    request: HttpRequest
    listing: Listing
    index: Page | None


class ProjectFeed(Feed):
    """The projects that a query of the list finds, in its order: newest first unless it says otherwise."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page: the same for everybody, from any cache."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        return Asked(request, project_list(request.GET), on_show(request).index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Projects of the column")

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        address = asked.index.get_url(asked.request) if asked.index else None
        address = address or reverse("wagtail_serve", args=[""])
        query = asked.listing.query()
        return f"{address}?{query}" if query else address

    def items(self, asked: Asked) -> list[Entry]:
        """Return what was found."""
        listing = asked.listing
        pages = listing.taken_along if listing.asks_page else listing.found[:MOST]
        return [(page, page.get_url(asked.request) or "") for page in pages]

    def item_title(self, entry: Entry) -> str:
        """Return the project's title."""
        return entry[0].title

    def item_description(self, entry: Entry) -> str:
        """Return the one sentence of it."""
        return entry[0].summary

    def item_link(self, entry: Entry) -> str:
        """Return its address."""
        return entry[1]

    def item_author_name(self, entry: Entry) -> str:
        """Return the organisation in the lead."""
        return entry[0].project.organization.name

    def item_pubdate(self, entry: Entry) -> datetime | None:
        """Return when it was first published."""
        return entry[0].first_published_at

    def item_updateddate(self, entry: Entry) -> datetime | None:
        """Return when it was last published."""
        return entry[0].last_published_at
