"""Progress as Atom: of all projects, with the query of the list; and the story of one project."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.column.doing.listing import report_entry
from partybuilding.column.doing.pages import ProgressIndexPage
from partybuilding.column.doing.views import events_of, readable_page
from partybuilding.core.pages.feeds import NEWEST, Entry, ListFeed, PublicFeed
from partybuilding.progress.models import StepReport
from partybuilding.progress.parts import history_url
from partybuilding.progress.story import Event
from partybuilding.projects.pages import ProjectPage


class ProgressFeed(ListFeed):
    """The newest reports that a query of the list finds."""

    index_model = ProgressIndexPage
    heading = gettext_lazy("Progress of the commitments")

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
