"""Everything that the column tells, newest first, as one Atom feed."""

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from home.news.index import NewsFeed
from partybuilding.brands.pages import readable_brands
from partybuilding.cases.pages import readable_cases
from partybuilding.column.doing.views import ProgressFeed
from partybuilding.column.exports import ProjectFeed
from partybuilding.column.notices.index import NoticeFeed
from partybuilding.core.pages import RecordPage
from partybuilding.core.pages.feeds import NEWEST, Entry, PublicFeed
from partybuilding.opinions.replies import ReplyFeed
from partybuilding.supervision.rounds.exports import SupervisionFeed

#: The feeds of the parts of the site.
PARTS: tuple[type[Feed], ...] = (
    NewsFeed,
    NoticeFeed,
    ProjectFeed,
    ProgressFeed,
    SupervisionFeed,
    ReplyFeed,
)


class SiteFeed(PublicFeed):
    """The newest of every part, each entry as the part's own feed tells it."""

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """Remember the request, which says where the site lives."""
        return request

    def title(self, request: HttpRequest) -> str:
        """Return the name of the whole."""
        return _("All that is new on the column")

    def link(self, request: HttpRequest) -> str:
        """Return the address of the front page."""
        return reverse("wagtail_serve", args=[""])

    def items(self, request: HttpRequest) -> list[Entry]:
        """Return the newest entries."""
        found = [*_of_parts(request), *_spread(request)]
        found.sort(key=lambda entry: entry.published.timestamp() if entry.published else 0)
        return found[::-1][:NEWEST]


def _of_parts(request: HttpRequest) -> list[Entry]:
    feeds = [part() for part in PARTS]
    return [entry for feed in feeds for entry in feed.items(feed.get_object(request))]


def _spread(request: HttpRequest) -> list[Entry]:
    """Tell the newest brands and cases, which have no feed of their own."""
    found: list[RecordPage] = []
    for pages in (readable_brands(), readable_cases()):
        found += pages.prefetch_related(None).order_by("-first_published_at", "-pk")[:NEWEST]
    return [
        Entry(
            title=page.title,
            text=page.summary,
            href=page.get_url(request) or "",
            author=page.told_by(),
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in found
    ]
