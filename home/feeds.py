"""Everything that the column tells, newest first, as one Atom feed."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from home.news.index import NewsFeed
from partybuilding.brands.pages import BrandPage, readable_brands
from partybuilding.cases.pages import CaseStudyPage, readable_cases
from partybuilding.column.doing.views import ProgressFeed
from partybuilding.column.exports import ProjectFeed
from partybuilding.column.notices.index import NoticeFeed
from partybuilding.core.answers.wording import worded
from partybuilding.core.pages import RecordPage
from partybuilding.core.pages.feeds import NEWEST, Entry, PublicFeed
from partybuilding.evaluation.selectors.public import PublicResults, public_runs
from partybuilding.evaluation.views.results import title_of
from partybuilding.opinions.replies import ReplyFeed
from partybuilding.supervision.rounds.exports import SupervisionFeed

#: The feeds of the parts of the site.
PARTS: tuple[type[PublicFeed], ...] = (
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
        found = _newest_of([*_spread(request), *_results(request)])
        for part in PARTS:
            since = found[-1].published if len(found) == NEWEST else None
            found = _newest_of([*found, *part().newest(request, since)])
        return found


def _newest_of(entries: list[Entry]) -> list[Entry]:
    def age(entry: Entry) -> float:
        return -entry.published.timestamp() if entry.published else 0

    return sorted(entries, key=age)[:NEWEST]


def _results(request: HttpRequest) -> list[Entry]:
    """Tell the results of the years that are open to comment or announced."""
    return [
        Entry(
            title=title_of(run),
            text=PublicResults(run, request).finding,
            href=reverse("results_year", args=[run.cycle.year]),
            author=_("Organization Department"),
            published=run.state_since,
        )
        for run in public_runs().prefetch_related("cycle__grades")
    ]


@worded
def _newest_pages(kind: type[RecordPage]) -> QuerySet:
    pages = readable_brands() if kind is BrandPage else readable_cases()
    return pages.prefetch_related(None).order_by("-first_published_at", "-pk")[:NEWEST]


def _spread(request: HttpRequest) -> list[Entry]:
    """Tell the newest brands and cases, which have no feed of their own."""
    found: list[RecordPage] = []
    for kind in (BrandPage, CaseStudyPage):
        found += _newest_pages(kind)
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
