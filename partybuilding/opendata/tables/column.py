"""The tables that are lists of the column already: projects, and the findings of supervision."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from partybuilding.column import exports as projects
from partybuilding.column.listing import readable_projects
from partybuilding.core.registers.exports import ExportColumn
from partybuilding.opendata.tables.shape import Sources, Table
from partybuilding.supervision.rounds import exports as supervision
from partybuilding.supervision.rounds.listing import readable_notices


def _projects(sources: Sources) -> Iterator[projects.Row]:
    return projects.rows_of(readable_projects().order_by("project__code"), sources.absolute)


def _findings(sources: Sources) -> Iterator[supervision.Row]:
    notices = readable_notices(sources.today).order_by("issued_at", "pk")
    return supervision.rows_of(notices, sources.absolute)


PROJECTS = Table(
    "projects",
    gettext_lazy("Projects"),
    gettext_lazy("One row for each project whose page residents can read."),
    projects.COLUMNS,
    _projects,
    key="code",
)
SUPERVISION = Table(
    "supervision",
    gettext_lazy("Findings of supervision"),
    gettext_lazy("One row for each finding that a feedback notice tells, with its rectification."),
    (
        ExportColumn(
            gettext_lazy("Number of the finding"),
            lambda row: str(row.line.pk),
            "id",
            meaning=gettext_lazy("Names the row."),
        ),
        *supervision.COLUMNS,
    ),
    _findings,
    key="id",
    refers={"code": "projects"},
)
