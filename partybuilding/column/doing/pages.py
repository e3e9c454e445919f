"""The indexes of progress and of what is late: two parts of the site, each a list that its address narrows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.doing.listing import (
    KIND,
    PICTURED,
    due_entry,
    facets_of,
    report_entry,
    shown_commitments,
    shown_reports,
)
from partybuilding.column.figures import left_unkept
from partybuilding.column.listing import LATE
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.progress.models import StepReport
from partybuilding.projects.models import Commitment


class DoingIndexPage(ListIndexPage):
    """A list of what is done or due; it holds no pages, and stands in the navigation when it lists any."""

    subpage_types: list[str] = []
    description: Any = ""

    class Meta:
        abstract = True

    def meta(self, request: HttpRequest) -> PageMeta:
        """Say what stands in the list."""
        return PageMeta.of(self, request, description=str(self.description))


class ProgressIndexPage(DoingIndexPage):
    """Everything that was reported done, the newest first."""

    column_type = pgettext_lazy("column type", "Progress")
    template = "partybuilding/column/progress_index_page.html"
    facets = facets_of("project")
    order = ("-reported_at", "-pk")
    description = gettext_lazy(
        "What the projects have done of their public commitments, by date, with evidence."
    )

    class Meta:
        verbose_name = gettext_lazy("progress index")
        verbose_name_plural = gettext_lazy("progress indexes")

    @classmethod
    def listed(cls) -> QuerySet[StepReport]:
        """Return every report."""
        return shown_reports()

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return the reports, the first ones with their pictures, and the list as a feed."""
        feed = listing.address_of("progress_feed")
        return {
            "entries": [
                report_entry(report, request, pictured=at < PICTURED)
                for at, report in enumerate(listing.page)
            ],
            "feed_url": feed,
            "feed_links": [{"text": self.title, "href": feed, "kind": "Atom"}],
        }


def _overdue_projects(request: HttpRequest) -> str:
    """Return where the projects with a promise that is overdue are listed."""
    index = ProjectIndexPage.objects.live().first()
    return f"{index.get_url(request)}?overdue={LATE}" if index else ""


class OverdueIndexPage(DoingIndexPage):
    """What is overdue, and what is due within 30 days."""

    column_type = pgettext_lazy("column type", "Overdue and due soon")
    template = "partybuilding/column/overdue_index_page.html"
    facets = (KIND, *facets_of("project"))
    order = ("deadline", "pk")
    description = gettext_lazy(
        "Commitments that are overdue or due within 30 days, with who answers for each."
    )

    class Meta:
        verbose_name = gettext_lazy("index of what is overdue")
        verbose_name_plural = gettext_lazy("indexes of what is overdue")

    @classmethod
    def listed(cls) -> QuerySet[Commitment]:
        """Return every commitment that is overdue or due soon."""
        return shown_commitments()

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what is due, and how much was left unkept for ever."""
        today = timezone.localdate()
        return {
            "entries": [due_entry(row, request, today) for row in listing.page],
            "left": left_unkept(),
            "left_url": _overdue_projects(request),
        }
