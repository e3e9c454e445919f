"""The map of the site: every page that residents may read, and what stands beside the pages, in few queries."""

from datetime import datetime
from typing import Any, cast

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page

from home.branches import readable
from partybuilding.casebook.selectors import published_books
from partybuilding.column.places.selectors import townships
from partybuilding.core.pages.site import site_of
from partybuilding.evaluation.selectors.public import public_runs
from partybuilding.opinions.replies import readable_replies
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.pages import ProjectPage


class SiteMap(Sitemap):
    """A part of the map; a long one stands in several files, each of which is read for itself."""

    limit = 5000

    @cached_property
    def paginator(self) -> Paginator:
        """Its files."""
        return Paginator(cast("Any", self.items()), self.limit)

    @property
    def is_long(self) -> bool:
        """Whether it stands in several files."""
        return self.paginator.num_pages > 1

    def get_latest_lastmod(self) -> None:
        """Return nothing: the map of the maps would have to read all of them for it."""


class PageMap(SiteMap):
    """The pages of the site that are live, without restriction, and allowed by their record."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def items(self) -> QuerySet[Page]:
        """Return the pages, oldest branch first."""
        site = site_of(self.request)
        if site is None:
            return Page.objects.none()
        pages = readable(site.root_page.get_descendants(inclusive=True)).order_by("path")
        projects = ProjectPage.objects.readable().filter(pk=OuterRef("pk")).order_by()
        changed = projects.annotate(last_change=changed_at()).values("last_change")
        return pages.annotate(changed=Subquery(changed))

    def location(self, page: Page) -> str:
        """Return the page's address, with the path below which the site lives."""
        return page.get_url(self.request) or ""

    def lastmod(self, page: Page) -> datetime | None:
        """Return when what it shows last changed."""
        return page.changed or page.last_published_at


#: An address beside the pages, and when what it shows last changed.
Beside = tuple[str, datetime | None]


class BesideMap(SiteMap):
    """What is no page of the tree: histories of projects, answers, places, results, books, words, mails."""

    def items(self) -> list[Beside]:
        """Return the addresses, those of a kind together."""
        return [*_histories(), *_answers(), *_places(), *_results(), *_books(), *_plain()]

    def location(self, item: Beside) -> str:
        """Return the address."""
        return item[0]

    def lastmod(self, item: Beside) -> datetime | None:
        """Return when what it shows last changed, where that is known."""
        return item[1]


def _histories() -> list[Beside]:
    pages = ProjectPage.objects.readable().annotate(last_change=changed_at()).order_by("path")
    rows = pages.values_list("project__cycle__year", "project__code", "last_change")
    return [(reverse("project_history", args=[year, code]), at) for year, code, at in rows]


def _answers() -> list[Beside]:
    rows = readable_replies().select_related(None).order_by("pk").values_list("pk", "published_at")
    found: list[Beside] = [(reverse("opinion_reply", args=[pk]), at) for pk, at in rows]
    return [(reverse("opinion_replies"), None), *found] if found else []


def _places() -> list[Beside]:
    found = [
        (reverse("township", args=[pk]), None) for pk in townships().values_list("pk", flat=True)
    ]
    return [(reverse("townships"), None), *found] if found else []


def _results() -> list[Beside]:
    found = [
        (reverse("results_year", args=[run.cycle.year]), run.state_since) for run in public_runs()
    ]
    return [(reverse("results"), None), *found] if found else []


def _books() -> list[Beside]:
    books = published_books()
    found = [(reverse("book", args=[book.cycle.year]), None) for book in books]
    return [(reverse("books"), None), *found] if found else []


def _plain() -> list[Beside]:
    return [(reverse("glossary"), None), (reverse("follow"), None)]
