"""The list of projects as data: the same query as CSV and as JSON, with its promises in numbers."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.column.listing import Listing, project_list
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.registers.csv_files import csv_response
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.stages import STAGE_OF, stage_of

for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)

#: The columns of the data: the name in JSON, and the heading in CSV.
COLUMNS = {
    "code": pgettext_lazy("column", "Number"),
    "title": gettext_lazy("project title"),
    "year": pgettext_lazy("column", "Year"),
    "organization": gettext_lazy("Leading organization"),
    "partners": gettext_lazy("Together with"),
    "unit": pgettext_lazy("column", "Reporting unit"),
    "sector": pgettext_lazy("column", "Field"),
    "stage": pgettext_lazy("column", "Stage"),
    "grade": pgettext_lazy("column", "Grade"),
    "summary": gettext_lazy("summary"),
    "commitments": gettext_lazy("Commitments published"),
    "commitments_kept": gettext_lazy("Commitments kept"),
    "commitments_overdue": gettext_lazy("Commitments overdue"),
    "steps": gettext_lazy("Steps of the commitments"),
    "steps_closed": gettext_lazy("Steps done with evidence"),
    "first_published": gettext_lazy("First published on the column"),
    "last_updated": gettext_lazy("Last updated on the column"),
    "url": gettext_lazy("Address of the page"),
}


@dataclass(frozen=True)
class ProjectRow:
    """One project as data; codes beside words, times in ISO 8601 with the offset of the place."""

    code: str
    title: str
    year: int
    organization: str
    partners: list[str]
    unit: str
    sector: str
    sector_code: str
    stage: str
    stage_code: str
    grade: str
    summary: str
    commitments: int
    commitments_kept: int
    commitments_overdue: int
    steps: int
    steps_closed: int
    first_published: str
    last_updated: str
    url: str

    def cells(self) -> list[Any]:
        """Return the values in the order of the columns, each as one cell."""
        values = {**asdict(self), "partners": "、".join(self.partners)}
        return [values[name] for name in COLUMNS]


def rows_of(listing: Listing, request: HttpRequest) -> Iterator[ProjectRow]:
    """Yield what a query lists as data, in its order; a fixed number of queries."""
    pages = listing.taken_along.prefetch_related(None).annotate(last_change=changed_at())
    listed = list(pages.prefetch_related("project__partners__organization"))
    promises = tallies(standings([page.project_id for page in listed]))
    for page in listed:
        yield row_of(page, promises.get(page.project_id, Tally()), request)


def row_of(page: ProjectPage, tally: Tally, request: HttpRequest) -> ProjectRow:
    """Return one project as data."""
    project = page.project
    told = project.told
    return ProjectRow(
        code=project.code or "",
        title=page.title,
        year=project.cycle.year,
        organization=told.organization,
        partners=list(told.partners),
        unit=told.unit,
        sector=told.sector,
        sector_code=project.sector,
        stage=str(stage_of(project.state).public),
        stage_code=STAGE_OF[project.state],
        grade=announced_grade(project),
        summary=page.summary,
        commitments=tally.commitments,
        commitments_kept=tally.kept,
        commitments_overdue=tally.overdue,
        steps=tally.steps,
        steps_closed=tally.closed,
        first_published=_moment(page.first_published_at),
        last_updated=_moment(page.changed_at),
        url=request.build_absolute_uri(page.get_url(request)),
    )


def _moment(moment: Any) -> str:
    return localtime(moment).isoformat(timespec="seconds") if moment else ""


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as CSV."""
    rows = rows_of(project_list(request.GET), request)
    headings = [str(heading) for heading in COLUMNS.values()]
    return csv_response(_("List of projects"), headings, (row.cells() for row in rows))


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as JSON."""
    listing = project_list(request.GET)
    projects = [asdict(row) for row in rows_of(listing, request)]
    content = {"query": listing.query(), "count": listing.count, "projects": projects}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
