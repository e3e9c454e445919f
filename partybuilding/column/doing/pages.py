"""The indexes of progress and of what is late: two parts of the site, each a list that its address narrows."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.doing.lateness import late_of
from partybuilding.column.doing.listing import (
    KIND,
    due_entry,
    facets_of,
    report_entry,
    shown_commitments,
    shown_reports,
)
from partybuilding.column.selectors import on_show, year_links
from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.progress.models import StepReport
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.selectors import (
    counted_promises,
    marks_of,
    readable_promises,
    told_promises,
)
from partybuilding.projects.states import KEEPING
from partybuilding.spreading.account import account_of, year_told


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
        """Return the year's account, the reports with a picture of each, and the list as a feed."""
        feed = listing.address_of("progress_feed")
        return {
            **self._account(listing, request),
            "entries": [report_entry(report, request, pictured=True) for report in listing.page],
            "feed_url": feed,
            "feed_links": [{"text": self.title, "href": feed, "kind": "Atom"}],
        }

    @staticmethod
    def _account(listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what became of the promises of the newest year that was reported on, or of the one chosen."""
        told = year_told(listing)
        years = [year.cycle_id for year in on_show(request).years if year.year == told]
        marks = marks_of(counted_promises(years=years) if years else [])
        facts = {"count": marks.total(), "year": told}
        return account_of(marks, _("%(count)s commitments of %(year)s published") % facts)


class OverdueIndexPage(DoingIndexPage):
    """What is overdue now or due within 30 days; what a year did not keep, kept late or moved."""

    column_type = pgettext_lazy("column type", "Overdue and due soon")
    template = "partybuilding/column/overdue_index_page.html"
    facets = (KIND, *facets_of("project"))
    order = ("deadline", "pk")
    description = gettext_lazy(
        "Commitments that are overdue, due within 30 days, were not kept, kept late or moved, "
        "with who answers for each."
    )

    class Meta:
        verbose_name = gettext_lazy("index of what is overdue")
        verbose_name_plural = gettext_lazy("indexes of what is overdue")

    @classmethod
    def listed(cls) -> QuerySet[Commitment]:
        """Return every commitment that is overdue or due soon."""
        return shown_commitments()

    @classmethod
    def stands_for(cls) -> QuerySet[Commitment]:
        """Return every published commitment: that none of them is late is worth reading, too."""
        return readable_promises()

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what is late or due now, and what became of the promises of one year."""
        today, show = timezone.localdate(), on_show(request)
        asked = request.GET.get("year", "")
        named = next((one for one in show.years if str(one.year) == asked), None)
        year = named or show.settled
        promises = told_promises(years=[year.cycle_id] if year else [])
        entries = [due_entry(row, request, today) for row in listing.page]
        return {
            "late_now": [entry for entry in entries if entry["is_late"]],
            "due_soon": [entry for entry in entries if not entry["is_late"]],
            "next_due": None if listing.count else next_due(today),
            # Of a year in which nothing is late or due now there is no such list to narrow.
            "is_year_alone": named is not None and not listing.chosen("year"),
            "year": year,
            "years": year_links(show.years, year, self.get_url(request) or request.path),
            **late_of(promises, request, today),
        }


def next_due(today: date) -> Commitment | None:
    """Return the promise that is due next in a project that is carried out."""
    rows = readable_promises().filter(project__state__in=KEEPING, deadline__gte=today).unkept()
    return rows.order_by("deadline", "pk").first()
