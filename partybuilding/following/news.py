"""What is new for those who follow: the entries of the column's own feeds, each told once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Site

from partybuilding.column.doing.listing import shown_reports
from partybuilding.column.doing.views import ProgressFeed, ProjectStoryFeed
from partybuilding.column.exports import ProjectFeed
from partybuilding.column.notices.index import NoticeFeed
from partybuilding.core.pages.feeds import NEWEST, Entry
from partybuilding.opinions.replies import ReplyFeed
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.rounds.exports import SupervisionFeed

#: Entries of one mail, at most; the site shows the others.
IN_A_MAIL = 20


@dataclass(frozen=True)
class Scope:
    """What is followed: one project, one township or street, or everything."""

    project: Project | None = None
    place: Organization | None = None

    @property
    def what(self) -> str:
        """What tells it from others."""
        if self.project is not None:
            return f"project:{self.project.pk}"
        return f"place:{self.place.pk}" if self.place is not None else "all"

    @property
    def name(self) -> str:
        """What residents call it."""
        if self.project is not None:
            return str(self.page.title if self.page else self.project.title)
        if self.place is not None:
            return self.place.township or self.place.name
        return _("All projects")

    @property
    def page(self) -> ProjectPage | None:
        """The page of the project, while residents may read it."""
        return ProjectPage.objects.readable().filter(project=self.project).first()

    @property
    def is_open(self) -> bool:
        """Whether residents can find what is followed."""
        return self.project is None or self.page is not None


def news_of(scope: Scope, since: datetime) -> list[Entry]:
    """Return what became public after a moment, the newest first."""
    found = {entry.href + entry.title: entry for entry in _entries(scope)}
    new = [one for one in found.values() if one.published and one.published > since]
    return sorted(new, key=lambda one: one.published.timestamp(), reverse=True)  # type: ignore[union-attr]


def _entries(scope: Scope) -> Iterator[Entry]:
    if scope.project is not None:
        page = scope.page
        if page is not None:
            feed = ProjectStoryFeed()
            asked = feed.get_object(_request(), scope.project.cycle.year, page.slug)
            yield from feed.items(asked)
        return
    request = _request()
    if scope.place is not None:
        yield from _of_place(scope.place, request)
        return
    feeds: list[Any] = [ProjectFeed(), ProgressFeed(), NoticeFeed(), SupervisionFeed(), ReplyFeed()]
    for feed in feeds:
        yield from feed.items(feed.get_object(request))


def _of_place(place: Organization, request: HttpRequest) -> Iterator[Entry]:
    """Yield the projects of a township or street and their reports, as the feeds tell them."""
    pages = ProjectPage.to_read().readable().filter(_there(place, "project__organization"))
    for page in pages.order_by("-first_published_at")[:NEWEST]:
        yield Entry(
            title=page.title,
            text=page.summary,
            href=page.get_url(request) or "",
            author=page.told_by(),
            published=page.first_published_at,
        )
    reports = shown_reports().filter(_there(place, "step__commitment__project__organization"))
    feed = ProgressFeed()
    for report in reports.order_by("-reported_at")[:NEWEST]:
        yield feed.entry_of(report, request)


def _there(place: Organization, way: str) -> Q:
    """Keep what is carried out by the place, by who reports through it, or by who works there."""
    return Q(**{way: place}) | Q(**{f"{way}__unit": place}) | Q(**{f"{way}__place": place})


def _request() -> HttpRequest:
    """Return what the feeds are asked with where no browser asks."""
    request = HttpRequest()
    site = Site.objects.filter(is_default_site=True).first()
    request.META = {
        "SERVER_NAME": site.hostname if site else "localhost",
        "SERVER_PORT": str(site.port if site else 80),
    }
    return request
