"""The map of the site: every page that residents may read, in a fixed number of queries."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from home.branches import readable
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.pages import ProjectPage


class PageMap(Sitemap):
    """The pages of the site that are live, without restriction, and allowed by their record."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def items(self) -> QuerySet[Page]:
        """Return the pages, oldest branch first."""
        site = Site.find_for_request(self.request)
        if site is None:
            return Page.objects.none()
        return readable(site.root_page.get_descendants(inclusive=True)).order_by("path")

    def location(self, page: Page) -> str:
        """Return the page's address, with the path below which the site lives."""
        return page.get_url(self.request) or ""

    def lastmod(self, page: Page) -> datetime | None:
        """Return when what it shows last changed."""
        return self._projects.get(page.pk) or page.last_published_at

    @cached_property
    def _projects(self) -> dict[int, datetime]:
        pages = ProjectPage.objects.readable().annotate(last_change=changed_at())
        return dict(pages.values_list("pk", "last_change"))
