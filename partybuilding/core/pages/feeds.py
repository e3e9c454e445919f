"""Atom feeds for everybody: how they are answered, what an entry tells, and a list of the site as a feed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Page

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages import FRESH_SECONDS, open_to_all
from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.core.states import Text
from partybuilding.core.text.characters import every_text, writable

#: The most entries of a feed.
NEWEST = 50
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry as a feed tells it; one feed answers many requests at once, so nothing is kept on it."""

    title: str
    text: str
    href: str
    author: str
    published: datetime | None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What one request asks the feed of a list for.

    Args:
        index: the page of the list, None when residents cannot find it.
    """

    request: HttpRequest
    listing: Listing
    index: Page | None


def address_of(index: Page | None, request: HttpRequest) -> str:
    """Return where a list stands; the front page while residents cannot find it."""
    return (index.get_url(request) if index else None) or reverse("wagtail_serve", args=[""])


class SteadyAtom(Atom1Feed):
    """Atom that changes with its entries alone, and in which no text, however old, makes the feed fail."""

    def latest_post_date(self) -> datetime:
        """Return when it last changed; while it is empty a day before there was anything to tell."""
        return super().latest_post_date() if self.items else NOTHING_YET

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed without what XML refuses."""
        self.feed, self.items = every_text(self.feed, writable), every_text(self.items, writable)
        super().write(outfile, encoding)


class PublicFeed(Feed):
    """A feed of entries, the same for everybody and from any cache."""

    feed_type = SteadyAtom
    language = "zh-CN"
    #: The field of its rows that says when an entry was published.
    dated = "first_published_at"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def rows(self) -> QuerySet:
        """Return everything that it may tell of."""
        raise NotImplementedError

    def entry_of(self, one: Any, request: HttpRequest) -> Entry:
        """Tell one thing."""
        raise NotImplementedError

    def newest(self, request: HttpRequest, since: datetime | None = None) -> list[Entry]:
        """Return what of it the feed of the whole site may tell.

        Args:
            since: what was published before that is left out.
        """
        return [self.entry_of(one, request) for one in _newest(type(self), since)]

    def item_title(self, entry: Entry) -> str:
        """Return its title."""
        return entry.title

    def item_description(self, entry: Entry) -> str:
        """Return what it says in short."""
        return entry.text

    def item_link(self, entry: Entry) -> str:
        """Return its address."""
        return entry.href

    def item_author_name(self, entry: Entry) -> str:
        """Return who stands behind it."""
        return entry.author

    def item_categories(self, entry: Entry) -> tuple[str, ...]:
        """Return its categories."""
        return entry.categories

    def item_pubdate(self, entry: Entry) -> datetime | None:
        """Return when it was first published."""
        return entry.published

    def item_updateddate(self, entry: Entry) -> datetime | None:
        """Return when it was last changed."""
        return entry.updated


class ListFeed(PublicFeed):
    """The newest of what a query of a list finds; it takes the same query as the list's page."""

    index_model: type[ListIndexPage]
    #: The title while residents cannot find the page of the list.
    heading: Text

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = open_to_all(self.index_model.objects.all()).first()
        listing = self.index_model.list_of(request.GET, address_of(index, request))
        return Asked(request, listing, index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else str(self.heading)

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        return asked.listing.address()

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest of what was found."""
        return [self.entry_of(one, asked.request) for one in asked.listing.found[:NEWEST]]

    def rows(self) -> QuerySet:
        """Return everything that is listed."""
        return self.index_model.listed()


@worded
def _newest(kind: type[PublicFeed], since: datetime | None) -> QuerySet:
    rows = kind().rows().order_by(f"-{kind.dated}", "-pk")
    if since is not None:
        rows = rows.filter(**{f"{kind.dated}__gte": since})
    return rows[:NEWEST]
