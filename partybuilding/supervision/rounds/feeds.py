"""Supervision as an Atom feed: the newest bulletins and notices; it takes the same query as the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.lists import FacetList
from partybuilding.core.pages import FRESH_SECONDS, open_to_all
from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.rounds.listing import (
    address_of,
    chosen,
    notice_list,
    with_what_is_shown,
)
from partybuilding.supervision.wording import when_words

NEWEST = 50


@dataclass(frozen=True)
class Entry:
    """One bulletin or notice as the feed tells it."""

    title: str
    text: str
    href: str
    author: str
    published: datetime | None
    updated: datetime | None


@dataclass(frozen=True)
class Asked:
    """What one request asks the feed for; one feed answers many requests at once."""

    request: HttpRequest
    listing: FacetList
    index: SupervisionIndexPage | None


class SupervisionFeed(Feed):
    """The newest bulletins, and the notices that a query of the page finds."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page: the same for everybody, from any cache."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = open_to_all(SupervisionIndexPage.objects.all()).first()
        address = index.get_url(request) if index else None
        path = address or reverse("wagtail_serve", args=[""])
        return Asked(request, notice_list(request.GET, path), index)

    def title(self, asked: Asked) -> str:
        """Return the title of the page."""
        return asked.index.title if asked.index else _("Supervision and rectification")

    def link(self, asked: Asked) -> str:
        """Return the address of the page."""
        path, query = asked.listing.path, asked.listing.query
        return f"{path}?{query}" if query else path

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest; bulletins are about all projects, so a narrowed list has none but of its years."""
        found = with_what_is_shown(asked.listing.found).order_by("-issued_at", "-pk")[:NEWEST]
        entries = [_of_notice(notice, asked.request) for notice in found]
        if not any(chosen(asked.listing, name) for name in ("unit", "sector", "standing")):
            entries += _bulletins(asked)
        entries.sort(key=lambda entry: entry.published.timestamp() if entry.published else 0)
        return entries[::-1][:NEWEST]

    def item_title(self, entry: Entry) -> str:
        """Return its title."""
        return entry.title

    def item_description(self, entry: Entry) -> str:
        """Return what it says in one sentence."""
        return entry.text

    def item_link(self, entry: Entry) -> str:
        """Return its address."""
        return entry.href

    def item_author_name(self, entry: Entry) -> str:
        """Return who issues it."""
        return entry.author

    def item_pubdate(self, entry: Entry) -> datetime | None:
        """Return when it was issued or first published."""
        return entry.published

    def item_updateddate(self, entry: Entry) -> datetime | None:
        """Return when it was last changed."""
        return entry.updated


def _of_notice(notice: FeedbackNotice, request: HttpRequest) -> Entry:
    count = len(notice.told.findings)
    words = ngettext("%(n)s finding", "%(n)s findings", count) % {"n": count}
    facts = {"project": notice.project.page.title, "quarter": when_words(notice.told)}
    return Entry(
        title=_("Feedback notice on %(project)s, %(quarter)s") % facts,
        text="；".join((notice.number, notice.revocation or words)),
        href=address_of(notice, request),
        author=notice.issuer,
        published=notice.issued_at,
        updated=notice.state_since,
    )


def _bulletins(asked: Asked) -> list[Entry]:
    found = readable_bulletins()
    if years := chosen(asked.listing, "year"):
        found = found.filter(cycle__year__in=years)
    return [
        Entry(
            title=page.title,
            text=Figures(page.figures).sentence,
            href=page.get_url(asked.request) or "",
            author=page.issuer,
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in found[:NEWEST]
    ]
