"""A project's history, the pictures of its reports, and progress as feeds: addresses beside the pages."""

from dataclasses import dataclass
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from partybuilding.column.doing.listing import readable_reports, report_entry
from partybuilding.column.doing.pages import ProgressIndexPage
from partybuilding.core.pages import FRESH_SECONDS, PageMeta
from partybuilding.core.pages.feeds import NEWEST, Entry, ListFeed, PublicFeed
from partybuilding.progress.models import StepReport
from partybuilding.progress.parts import fetch_reports, history_url
from partybuilding.progress.sections import Event, as_entries, story_of
from partybuilding.projects.page.parts import Reading
from partybuilding.projects.pages import ProjectPage

SIZES = ("small", "large")


def readable_page(year: int, code: str) -> ProjectPage:
    """Return the page of a project that residents may read.

    Raises:
        Http404: there is none.
    """
    pages = ProjectPage.to_read().readable()
    return get_object_or_404(pages, project__cycle__year=year, project__code=code)


def events_of(page: ProjectPage, request: HttpRequest) -> list[Event]:
    """Return what became of the project, newest first."""
    reading = Reading(page, page.project, request)
    fetch_reports(reading.commitments)
    return story_of(page.project, reading.commitments)


@require_safe
def history(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show what was published, reported, changed and taken back, when and why."""
    page = readable_page(year, code)
    events = events_of(page, request)
    words = {"title": page.title}
    title = _("%(title)s: history") % words
    summary = _("What was promised, done and changed in the project “%(title)s”, and why.") % words
    way_back = [*page.way_back(request), {"text": pgettext("project", "History"), "href": ""}]
    way_back[-2] = {**way_back[-2], "href": page.get_url(request) or ""}
    feed = reverse("project_feed", args=[year, code])
    context = {
        "project_page": page,
        "title": title,
        "way_back": way_back,
        "entries": as_entries(events),
        "changes": sum(event.code.startswith("change-") for event in events),
        "feed_url": feed,
        "feed_links": [{"text": page.title, "href": feed, "kind": "Atom"}],
        "page_meta": PageMeta.of(
            page,
            request,
            title=title,
            address=request.build_absolute_uri(request.path),
            description=summary,
            way_back=tuple(way_back),
        ),
    }
    response = render(request, "partybuilding/column/project_history.html", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


@require_safe
def report_picture(request: HttpRequest, pk: int, place: int, size: str) -> HttpResponseBase:
    """Return a picture of a report while residents may read the report; a cache asks each time."""
    if size not in SIZES:
        raise Http404
    report = get_object_or_404(readable_reports(), pk=pk)
    try:
        tag = f'"{PurePath(report.pictures[place][size]).stem}"'
        asked_again = request.headers.get("If-None-Match") == tag
        response: HttpResponseBase = (
            HttpResponseNotModified()
            if asked_again
            else FileResponse(report.picture(place, size), content_type="image/jpeg")
        )
    except (LookupError, FileNotFoundError) as error:
        raise Http404 from error
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


class ProgressFeed(ListFeed):
    """The newest reports that a query of the list finds."""

    index_model = ProgressIndexPage
    heading = gettext_lazy("Progress of the commitments")
    dated = "reported_at"

    def entry_of(self, one: StepReport, request: HttpRequest) -> Entry:
        """Tell the step with what became of the report, the evidence and the figures; why it was taken back."""
        told = report_entry(one, request, pictured=False)
        words = {"title": told["title"], "state": told["state"]}
        parts = (told["who"], told["text"], told["figures"], told.get("note", ""))
        return Entry(
            title=_("%(title)s (%(state)s)") % words if told["state"] else told["title"],
            text="\n".join(part for part in parts if part),
            href=told["href"],
            author=one.step.commitment.project.told.organization,
            published=one.reported_at,
        )


@dataclass(frozen=True)
class AskedStory:
    """The project whose story one request asks for."""

    page: ProjectPage
    events: list[Event]
    address: str


class ProjectStoryFeed(PublicFeed):
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

    def items(self, asked: AskedStory) -> list[Entry]:
        """Return the newest events, each with its place in the history."""
        author = asked.page.project.told.organization
        return [
            Entry(
                title=event.title,
                text=_text(event),
                href=f"{asked.address}#{event.code}",
                author=author,
                published=event.when,
            )
            for event in asked.events[:NEWEST]
        ]


def _text(event: Event) -> str:
    """Say of which commitment, from what to what, and why."""
    change = f"{event.old} → {event.new}" if event.new else ""
    reason = _("Reason: %(reason)s") % {"reason": event.reason} if event.reason else ""
    return "\n".join(part for part in (event.about, event.text, change, reason) if part)
