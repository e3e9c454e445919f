"""The tables of what came of the projects: announced grades, case studies, brands."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.brands.pages import BrandPage, readable_brands
from partybuilding.cases.pages import CaseStudyPage, readable_cases
from partybuilding.core.pages import RecordPage
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind, link_column
from partybuilding.cycles.models import GradeClass
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.opendata.tables.shape import Sources, Table, project_column
from partybuilding.projects.models import Project
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage


class Graded(NamedTuple):
    """A project with its announced grade."""

    page: ProjectPage
    grade: GradeClass
    url: str


def _grades(sources: Sources) -> Iterator[Graded]:
    pages = ProjectPage.objects.readable().filter(
        project__cycle__state__in=ANNOUNCED, project__grade_class__isnull=False
    )
    pages = pages.select_related("project__cycle", "project__grade_class")
    for page in pages.defer("body", "attachments").order_by("project__code"):
        grade = page.project.grade_class
        if grade is not None and announced_grade(page.project):
            yield Graded(page, grade, f"{sources.absolute(page.get_url() or '')}#grade")


GRADES = Table(
    "grades",
    gettext_lazy("Grades and awards"),
    gettext_lazy("One row for each graded project of a year whose results are announced."),
    (
        project_column(lambda row: row.page.project.code),
        Column(
            pgettext_lazy("column", "Year"),
            lambda row: row.page.project.cycle.year,
            "year",
            Kind.NUMBER,
            meaning=gettext_lazy("The programme year."),
        ),
        Column(
            pgettext_lazy("column", "Grade"),
            lambda row: announced_grade(row.page.project),
            "grade",
            meaning=gettext_lazy("As announced."),
        ),
        Column(
            pgettext_lazy("column", "Code of the grade"),
            lambda row: row.grade.code,
            "grade_code",
            meaning=gettext_lazy("The same in a word that does not change."),
        ),
        Column(
            gettext_lazy("Bonus points in the assessment"),
            lambda row: row.grade.bonus_points,
            "bonus_points",
            Kind.DECIMAL,
            meaning=gettext_lazy("What the grade adds to the assessment of its organization."),
            unit=pgettext_lazy("unit", "points"),
        ),
        Column(
            gettext_lazy("Award money"),
            lambda row: row.grade.award_yuan,
            "award_yuan",
            Kind.NUMBER,
            meaning=gettext_lazy("The award that goes with the grade."),
            unit=pgettext_lazy("unit", "yuan"),
        ),
        link_column(lambda row: row.url),
    ),
    _grades,
    key="project",
    refers={"project": "projects"},
)


class Told(NamedTuple):
    """The page of a case or of a brand."""

    page: RecordPage
    sources: Sources

    @property
    def url(self) -> str:
        """Where residents read it."""
        return self.sources.absolute(self.page.get_url() or "")


def _cases(sources: Sources) -> Iterator[Told]:
    pages = readable_cases().select_related("case__project__organization__unit")
    pages = pages.prefetch_related("case__project__partners__organization")
    return (Told(page, sources) for page in pages.order_by("slug"))


def _brands(sources: Sources) -> Iterator[Told]:
    pages = readable_brands().prefetch_related("brand__origins__project")
    return (Told(page, sources) for page in pages.order_by("slug"))


def _origins(row: Told) -> list[str]:
    page = row.page
    assert isinstance(page, BrandPage)
    codes = (origin.project.code or "" for origin in page.brand.origins.all())
    return sorted(code for code in codes if row.sources.listed(code))


TITLE = (
    Column(
        pgettext_lazy("in an address", "Name"),
        lambda row: row.page.slug,
        "id",
        meaning=gettext_lazy("Names the row: the last part of its address."),
    ),
    Column(
        pgettext_lazy("column", "Title"),
        lambda row: row.page.title,
        "title",
        meaning=gettext_lazy("As on its page."),
    ),
)
READ = (
    Column(
        gettext_lazy("summary"),
        lambda row: row.page.summary,
        "summary",
        meaning=gettext_lazy("As on its page."),
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
        lambda row: row.page.last_published_at,
        "last_updated",
        Kind.MOMENT,
        meaning=gettext_lazy("When its page was last published anew."),
    ),
    link_column(lambda row: row.url),
)


def _project(row: Told) -> Project:
    page = row.page
    assert isinstance(page, CaseStudyPage)
    return page.case.project


CASES = Table(
    "cases",
    gettext_lazy("Case studies"),
    gettext_lazy("One row for each case study that was selected and published."),
    (
        *TITLE,
        project_column(lambda row: row.sources.listed(_project(row).code or "")),
        Column(
            pgettext_lazy("column", "Year"),
            lambda row: _project(row).cycle.year,
            "year",
            Kind.NUMBER,
            meaning=gettext_lazy("The programme year of its project."),
        ),
        Column(
            gettext_lazy("Carried out by"),
            lambda row: _project(row).told.organizations,
            "organizations",
            Kind.LIST,
            meaning=gettext_lazy("The leading organization first."),
        ),
        Column(
            pgettext_lazy("column", "Reporting unit"),
            lambda row: _project(row).told.unit,
            "unit",
            meaning=gettext_lazy("Through which the organization reports."),
        ),
        Column(
            pgettext_lazy("column", "Field"),
            lambda row: _project(row).told.sector,
            "sector",
            meaning=gettext_lazy("The field of Party building that it belongs to."),
        ),
        Column(
            pgettext_lazy("column", "Grade"),
            lambda row: announced_grade(_project(row)),
            "grade",
            meaning=gettext_lazy("Empty until the results of the year are announced."),
        ),
        *READ,
    ),
    _cases,
    key="id",
    refers={"project": "projects"},
)
BRANDS = Table(
    "brands",
    gettext_lazy("Brands"),
    gettext_lazy("One row for each recognised brand with a page."),
    (
        *TITLE,
        Column(
            gettext_lazy("slogan"),
            lambda row: row.page.slogan,
            "slogan",
            meaning=gettext_lazy("As on its page."),
        ),
        Column(
            gettext_lazy("Carried out by"),
            lambda row: row.page.brand.organization.name,
            "organization",
            meaning=gettext_lazy("The organization that has the brand."),
        ),
        Column(
            pgettext_lazy("column", "Field"),
            lambda row: row.page.brand.get_sector_display(),
            "sector",
            meaning=gettext_lazy("The field of Party building that it belongs to."),
        ),
        Column(
            gettext_lazy("Recognised on"),
            lambda row: timezone.localdate(row.page.brand.recognised_at),
            "recognised_on",
            Kind.DAY,
            meaning=gettext_lazy("When it was recognised."),
        ),
        Column(
            gettext_lazy("Projects it grew from"),
            _origins,
            "projects",
            Kind.LIST,
            meaning=gettext_lazy("The numbers of the projects, as in the table of projects."),
        ),
        *READ,
    ),
    _brands,
    key="id",
)
