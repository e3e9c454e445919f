"""Progress as Atom: of all projects, with the query of the list; and the story of one project."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partybuilding.column.doing.listing import progress_list, report_entry
from partybuilding.column.doing.pages import ProgressIndexPage
from partybuilding.column.doing.views import events_of, readable_page
from partybuilding.core.lists import FacetList
from partybuilding.core.pages import FRESH_SECONDS, open_to_all
from partybuilding.progress.models import StepReport
from partybuilding.progress.parts import history_url
from partybuilding.progress.story import Event
from partybuilding.projects.pages import ProjectPage

#: The most entries of a feed.
NEWEST = 50


class DoingFeed(Feed):
    """What both feeds share: Atom, the same for everybody, from any cache."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response


@dataclass(frozen=True)
class AskedProgress:
    """What one request asks the feed of progress for."""

    request: HttpRequest
    listing: FacetList
    index: ProgressIndexPage | None


class ProgressFeed(DoingFeed):
    """The newest reports that a query of the list finds."""

    def get_object(self, request: HttpRequest) -> AskedProgress:
        """List what the query asks for."""
        index = open_to_all(ProgressIndexPage.objects.all()).first()
        address = index.get_url(request) if index else None
        path = address or reverse("wagtail_serve", args=[""])
        return AskedProgress(request, progress_list(request.GET, path), index)

    def title(self, asked: AskedProgress) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Progress of the commitments")

    def link(self, asked: AskedProgress) -> str:
        """Return the address of the list."""
        path, query = asked.listing.path, asked.listing.query
        return f"{path}?{query}" if query else path

    def items(self, asked: AskedProgress) -> list[tuple[StepReport, dict[str, Any]]]:
        """Return the newest of what was found."""
        reports = asked.listing.found[:NEWEST]
        return [(one, report_entry(one, asked.request, pictured=False)) for one in reports]

    def item_title(self, item: Any) -> str:
        """Return the step, with what became of the report."""
        entry = item[1]
        words = {"title": entry["title"], "state": entry["state"]}
        return _("%(title)s (%(state)s)") % words if entry["state"] else entry["title"]

    def item_description(self, item: Any) -> str:
        """Return the evidence and the figures; of one taken back, why."""
        entry = item[1]
        parts = (entry["who"], entry["text"], entry["figures"], entry.get("note", ""))
        return "\n".join(part for part in parts if part)

    def item_link(self, item: Any) -> str:
        """Return where it stands on its project's page."""
        return item[1]["href"]

    def item_author_name(self, item: Any) -> str:
        """Return the organisation in the lead."""
        return item[0].step.commitment.project.organization.name

    def item_pubdate(self, item: Any) -> datetime:
        """Return when it was reported."""
        return item[0].reported_at


@dataclass(frozen=True)
class AskedStory:
    """The project whose story one request asks for."""

    page: ProjectPage
    events: list[Event]
    address: str


class ProjectStoryFeed(DoingFeed):
    """What became of one project: published, reported, changed, taken back, graded."""

    def get_object(self, request: HttpRequest, year: int, code: str) -> AskedStory:
        """Find the page and its events."""
        page = readable_page(year, code)
        return AskedStory(page, events_of(page, request), history_url(page))

    def title(self, asked: AskedStory) -> str:
        """Return the project's title."""
        return asked.page.title

    def subtitle(self, asked: AskedStory) -> str:
        """Return the one sentence of it."""
        return asked.page.summary

    def link(self, asked: AskedStory) -> str:
        """Return the address of the history."""
        return asked.address

    def items(self, asked: AskedStory) -> list[tuple[Event, str, str]]:
        """Return the newest events, each with its address and whose they are."""
        name = asked.page.project.organization.name
        return [(event, asked.address, name) for event in asked.events[:NEWEST]]

    def item_title(self, item: Any) -> str:
        """Return what happened."""
        return item[0].title

    def item_description(self, item: Any) -> str:
        """Return of which commitment, from what to what, and why."""
        event: Event = item[0]
        change = f"{event.old} → {event.new}" if event.new else ""
        reason = _("Reason: %(reason)s") % {"reason": event.reason} if event.reason else ""
        return "\n".join(part for part in (event.about, event.text, change, reason) if part)

    def item_link(self, item: Any) -> str:
        """Return its place in the history."""
        return f"{item[1]}#{item[0].code}"

    def item_author_name(self, item: Any) -> str:
        """Return the organisation in the lead."""
        return item[2]

    def item_pubdate(self, item: Any) -> datetime:
        """Return when it happened."""
        return item[0].when
