"""The column's indexes: all projects with filters, and a programme year with its counts."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.column.cards import cards_of
from partybuilding.column.charts import year_charts
from partybuilding.column.figures import every_sector, marks_by_sector, year_figures
from partybuilding.column.listing import project_list, told_projects
from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.core.pages.meta import dataset
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.results import results_link, year_results
from partybuilding.organizations.filters import fields_of
from partybuilding.projects.promises.saying import said
from partybuilding.projects.promises.selectors import (
    counted_promises,
    marks_of,
    standings,
    tallies,
    unkept_in,
)


class ListPage(ListIndexPage):
    """A page with a list of projects that the query narrows."""

    column_type = pgettext_lazy("column type", "Projects")

    class Meta:
        abstract = True

    #: The programme year of the list by its key; all years when there is none.
    cycle_id: int | None = None

    def list_of(self, query: Any, path: str = "") -> Listing:  # type: ignore[override]
        """List the projects, of the page's own year alone where it has one."""
        return project_list(query, path, self.cycle_id)

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return the cards with how far the promises are, and the list as feed and data files."""
        pages = listing.told(told_projects) if listing.is_shared else list(listing.page)
        promises = standings([page.project_id for page in pages])
        feed, table, data = (
            listing.address_of(name, self.own_query())
            for name in ("projects_feed", "projects_csv", "projects_json")
        )
        return {
            "cards": cards_of(pages, tallies(promises), request),
            "feed_url": feed,
            "downloads": [
                {"text": _("Subscribe to it"), "href": feed, "kind": "Atom"},
                {"text": _("List as a table"), "href": table, "kind": "CSV"},
                {"text": _("List as data"), "href": data, "kind": "JSON"},
                {"text": _("All open data"), "href": reverse("open_data")},
            ],
        }

    def own_query(self) -> str:
        """Return what of a query the page itself stands for."""
        return ""

    def meta(self, request: HttpRequest) -> PageMeta:
        """Say that the list can be taken along, and what stands in it."""
        words = _(
            "%(title)s: names, organisations, fields, stages, commitments and grades of the "
            "published projects, also as CSV and JSON."
        )
        meta = PageMeta.of(self, request, description=words % {"title": self.title})
        query = f"?{self.own_query()}" if self.own_query() else ""
        files = [
            (kind, request.build_absolute_uri(reverse(name) + query))
            for kind, name in (("text/csv", "projects_csv"), ("application/json", "projects_json"))
        ]
        return replace(meta, things=(dataset(meta, files, temporalCoverage=self.covers),))

    @property
    def covers(self) -> str:
        """The time that the list is about; all of it when there is none."""
        return ""


class ProjectIndexPage(ListPage):
    """All projects that residents may read, with filters."""

    subpage_types = ["partybuilding.ProjectYearPage"]
    template = "partybuilding/column/project_index_page.html"

    class Meta:
        verbose_name = _("projects index")
        verbose_name_plural = _("projects indexes")

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Add the fields, each the way to its own projects."""
        return {**super().shown(listing, request), "fields": fields_of(listing)}


class ProjectYearPage(ListPage):
    """One programme year: its figures, by field, and its projects."""

    cycle = models.OneToOneField(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="page"
    )

    is_creatable = False
    max_count: int | None = None  # type: ignore[assignment]
    parent_page_types = ["partybuilding.ProjectIndexPage"]
    subpage_types = ["partybuilding.ProjectPage"]
    template = "partybuilding/column/project_year_page.html"

    class Meta:
        verbose_name = _("programme year page")
        verbose_name_plural = _("programme year pages")

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Add the year's figures, charts and results above its whole list; a narrowed one stands alone."""
        shown = super().shown(listing, request)
        if not listing.is_whole:
            return shown
        figures = year_figures(
            self.cycle.pk, every_sector(listing.choices["sector"], self.cycle.pk)
        )
        promises = counted_promises(years=[self.cycle.pk])
        if figures:
            figures = replace(figures, marks=marks_by_sector(promises))
        return {
            **shown,
            "figures": figures,
            "say": said(marks_of(promises)) if promises else [],
            "charts": year_charts(self.cycle.pk, figures, promises),
            "results": year_results(self.cycle, unkept_in(self.cycle.pk), request),
            "results_link": results_link(self.cycle),
        }

    @classmethod
    def to_read(cls) -> QuerySet:
        """Return the pages with their years."""
        return super().to_read().select_related("cycle")

    @property
    def covers(self) -> str:
        """The year."""
        return str(self.cycle.year)

    def own_query(self) -> str:
        """Return the year."""
        return f"year={self.cycle.year}"
