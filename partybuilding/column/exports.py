"""The list of projects taken along: the same query as CSV, as JSON and as an Atom feed."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.column.listing import project_list, readable_projects
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.feeds import Asked, Entry, PublicFeed, address_of
from partybuilding.core.pages.lists import Listing
from partybuilding.core.registers.exports import AT_ONCE, LONG, Kind, as_csv, as_json, link_column
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.stages import STAGE_OF, STAGES, stage_of

ITEMS, STEPS = pgettext_lazy("unit", "commitments"), pgettext_lazy("unit", "steps")

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
    Column(
        pgettext_lazy("column", "Number"),
        lambda row: row.project.code,
        "code",
        meaning=gettext_lazy("Given at approval; never changes."),
    ),
    Column(
        gettext_lazy("project title"),
        lambda row: row.page.title,
        "title",
        meaning=gettext_lazy("As on its page."),
    ),
    Column(
        pgettext_lazy("column", "Year"),
        lambda row: row.project.cycle.year,
        "year",
        Kind.NUMBER,
        meaning=gettext_lazy("The programme year."),
    ),
    Column(
        gettext_lazy("Leading organization"),
        lambda row: row.project.told.organization,
        "organization",
        meaning=gettext_lazy("By the name it had when the project was approved."),
    ),
    Column(
        gettext_lazy("Together with"),
        lambda row: list(row.project.told.partners),
        "partners",
        Kind.LIST,
        meaning=gettext_lazy("The organizations that carry it out together with the leading one."),
    ),
    Column(
        pgettext_lazy("column", "Reporting unit"),
        lambda row: row.project.told.unit,
        "unit",
        meaning=gettext_lazy("Through which the organization reports."),
    ),
    Column(
        pgettext_lazy("column", "Field"),
        lambda row: row.project.told.sector,
        "sector",
        meaning=gettext_lazy("The field of Party building that it belongs to."),
    ),
    Column(
        "",
        lambda row: row.project.sector,
        "sector_code",
        meaning=gettext_lazy("The code of the field."),
        codes=SECTORS,
    ),
    Column(
        pgettext_lazy("column", "Stage"),
        lambda row: stage_of(row.project.state).public,
        "stage",
        meaning=gettext_lazy("How far the project has come."),
    ),
    Column(
        "",
        lambda row: STAGE_OF[row.project.state],
        "stage_code",
        meaning=gettext_lazy("The code of the stage."),
        codes={code: stage_of(code).public for code in STAGES},
    ),
    Column(
        pgettext_lazy("column", "Grade"),
        lambda row: announced_grade(row.project),
        "grade",
        meaning=gettext_lazy("Empty until the results of the year are announced."),
    ),
    Column(
        gettext_lazy("summary"),
        lambda row: row.page.summary,
        "summary",
        meaning=gettext_lazy("As on its page."),
    ),
    Column(
        gettext_lazy("Commitments published"),
        lambda row: row.tally.commitments,
        "commitments",
        Kind.NUMBER,
        meaning=gettext_lazy("How many commitments the project made in public."),
        unit=ITEMS,
    ),
    Column(
        gettext_lazy("Commitments kept"),
        lambda row: row.tally.kept,
        "commitments_kept",
        Kind.NUMBER,
        meaning=gettext_lazy("All steps done with evidence, in time or late."),
        unit=ITEMS,
    ),
    Column(
        gettext_lazy("Commitments overdue"),
        lambda row: row.tally.overdue,
        "commitments_overdue",
        Kind.NUMBER,
        meaning=gettext_lazy("Past the deadline on the day of the data and not kept."),
        unit=ITEMS,
    ),
    Column(
        gettext_lazy("Steps of the commitments"),
        lambda row: row.tally.steps,
        "steps",
        Kind.NUMBER,
        meaning=gettext_lazy("The steps of all its commitments."),
        unit=STEPS,
    ),
    Column(
        gettext_lazy("Steps done with evidence"),
        lambda row: row.tally.closed,
        "steps_closed",
        Kind.NUMBER,
        meaning=gettext_lazy("Those of them that were reported done with evidence."),
        unit=STEPS,
    ),
    Column(
        gettext_lazy("First published on the column"),
        lambda row: row.page.first_published_at,
        "first_published",
        Kind.MOMENT,
        meaning=gettext_lazy("When residents could first read its page."),
    ),
    Column(
        gettext_lazy("Last updated on the column"),
        lambda row: row.page.changed_at,
        "last_updated",
        Kind.MOMENT,
        meaning=gettext_lazy("When its page or what became of its commitments last changed."),
    ),
    link_column(lambda row: row.url),
)


def rows_of(
    pages: QuerySet[ProjectPage], absolute: Callable[[str], str], request: HttpRequest | None = None
) -> Iterator[Row]:
    """Yield pages of projects as data, in their order; a fixed number of queries for each five hundred.

    Args:
        absolute: makes an address one that others find.
    """
    pages = pages.prefetch_related(None).annotate(last_change=changed_at())
    told = pages.prefetch_related("project__partners__organization")
    listed = told.iterator(chunk_size=AT_ONCE)
    while some := list(islice(listed, AT_ONCE)):
        promises = tallies(standings([page.project_id for page in some]))
        for page in some:
            url = absolute(page.get_url(request) or "")
            yield Row(page, promises.get(page.project_id, Tally()), url)


def _asked(listing: Listing, request: HttpRequest) -> Iterator[Row]:
    return rows_of(listing.taken_along, request.build_absolute_uri, request)


def _is_long(listing: Listing) -> bool:
    return listing.count > LONG and not listing.asks_page


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """Return what the query lists as CSV."""
    listing = project_list(request.GET)
    rows = _asked(listing, request)
    return as_csv(_("List of projects"), COLUMNS, rows, is_long=_is_long(listing))


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponseBase:
    """Return what the query lists as JSON."""
    listing = project_list(request.GET)
    about = {"query": listing.query, "count": listing.count}
    rows = _asked(listing, request)
    return as_json(about, "projects", COLUMNS, rows, is_long=_is_long(listing))


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
        dated = pages.annotate(last_change=changed_at())
        return [self.entry_of(page, asked.request) for page in dated]

    def rows(self) -> QuerySet:
        """Return every project, with when it changed."""
        return readable_projects().annotate(last_change=changed_at())

    def entry_of(self, one: ProjectPage, request: HttpRequest) -> Entry:
        """Tell one project in one sentence."""
        return Entry(
            title=one.title,
            text=one.summary,
            href=one.get_url(request) or "",
            author=one.project.told.organization,
            published=one.first_published_at,
            updated=one.changed_at,
        )
