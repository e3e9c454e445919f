"""The list of projects taken along: the same query as CSV, as JSON and as an Atom feed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.column.listing import project_list
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.feeds import Asked, Entry, PublicFeed, address_of
from partybuilding.core.pages.lists import Listing
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind, as_csv, as_data
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.stages import STAGE_OF, stage_of

for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)


class Row(NamedTuple):
    """One project of the list."""

    page: ProjectPage
    tally: Tally
    url: str

    @property
    def project(self) -> Any:
        """Its record."""
        return self.page.project


#: Codes stand beside the words in JSON alone.
COLUMNS = (
    Column(pgettext_lazy("column", "Number"), lambda row: row.project.code, "code"),
    Column(gettext_lazy("project title"), lambda row: row.page.title, "title"),
    Column(
        pgettext_lazy("column", "Year"), lambda row: row.project.cycle.year, "year", Kind.NUMBER
    ),
    Column(
        gettext_lazy("Leading organization"),
        lambda row: row.project.told.organization,
        "organization",
    ),
    Column(
        gettext_lazy("Together with"),
        lambda row: list(row.project.told.partners),
        "partners",
        Kind.LIST,
    ),
    Column(pgettext_lazy("column", "Reporting unit"), lambda row: row.project.told.unit, "unit"),
    Column(pgettext_lazy("column", "Field"), lambda row: row.project.told.sector, "sector"),
    Column("", lambda row: row.project.sector, "sector_code"),
    Column(
        pgettext_lazy("column", "Stage"), lambda row: stage_of(row.project.state).public, "stage"
    ),
    Column("", lambda row: STAGE_OF[row.project.state], "stage_code"),
    Column(pgettext_lazy("column", "Grade"), lambda row: announced_grade(row.project), "grade"),
    Column(gettext_lazy("summary"), lambda row: row.page.summary, "summary"),
    Column(
        gettext_lazy("Commitments published"),
        lambda row: row.tally.commitments,
        "commitments",
        Kind.NUMBER,
    ),
    Column(
        gettext_lazy("Commitments kept"),
        lambda row: row.tally.kept,
        "commitments_kept",
        Kind.NUMBER,
    ),
    Column(
        gettext_lazy("Commitments overdue"),
        lambda row: row.tally.overdue,
        "commitments_overdue",
        Kind.NUMBER,
    ),
    Column(
        gettext_lazy("Steps of the commitments"), lambda row: row.tally.steps, "steps", Kind.NUMBER
    ),
    Column(
        gettext_lazy("Steps done with evidence"),
        lambda row: row.tally.closed,
        "steps_closed",
        Kind.NUMBER,
    ),
    Column(
        gettext_lazy("First published on the column"),
        lambda row: row.page.first_published_at,
        "first_published",
        Kind.MOMENT,
    ),
    Column(
        gettext_lazy("Last updated on the column"),
        lambda row: row.page.changed_at,
        "last_updated",
        Kind.MOMENT,
    ),
    Column(gettext_lazy("Address of the page"), lambda row: row.url, "url"),
)


def rows_of(listing: Listing, request: HttpRequest) -> Iterator[Row]:
    """Yield what a query lists as data, in its order; a fixed number of queries."""
    pages = listing.taken_along.prefetch_related(None).annotate(last_change=changed_at())
    listed = list(pages.prefetch_related("project__partners__organization"))
    promises = tallies(standings([page.project_id for page in listed]))
    for page in listed:
        url = request.build_absolute_uri(page.get_url(request))
        yield Row(page, promises.get(page.project_id, Tally()), url)


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as CSV."""
    return as_csv(_("List of projects"), COLUMNS, rows_of(project_list(request.GET), request))


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as JSON."""
    listing = project_list(request.GET)
    projects = as_data(COLUMNS, rows_of(listing, request))
    content = {"query": listing.query, "count": listing.count, "projects": projects}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


#: The most entries of a feed; a query that finds more is read page by page, with `page`.
MOST = 500


class ProjectFeed(PublicFeed):
    """The projects that a query of the list finds, in its order: newest first unless it says otherwise."""

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = on_show(request).index
        return Asked(request, project_list(request.GET, address_of(index, request)), index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Projects of the column")

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        return asked.listing.address()

    def items(self, asked: Asked) -> list[Entry]:
        """Return what was found, each told in one sentence."""
        listing = asked.listing
        pages = listing.taken_along if listing.asks_page else listing.found[:MOST]
        return [
            Entry(
                title=page.title,
                text=page.summary,
                href=page.get_url(asked.request) or "",
                author=page.project.told.organization,
                published=page.first_published_at,
                updated=page.changed_at,
            )
            for page in pages.annotate(last_change=changed_at())
        ]
