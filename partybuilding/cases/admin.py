"""The register of case studies: who has them, for how long, and from which projects they are written."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partybuilding.cases.kind import KIND
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.selectors import register_of
from partybuilding.core.registers.cells import (
    Column,
    day_of,
    place_column,
    sector_column,
    standing_columns,
)
from partybuilding.core.registers.filters import AnyOf, RecordFilters
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.filters import YearFilter
from partybuilding.spreading.admin import SpreadAdmin


class CaseFilters(RecordFilters):
    """The filters of the register of case studies."""

    cycle = YearFilter()
    sector = AnyOf(label=_("field"), field_name="project__sector", choices=SECTORS.pairs)


class CaseAdmin(SpreadAdmin):
    """The register of case studies."""

    kind = KIND
    model = CaseStudy
    rows_of = staticmethod(register_of)
    base_url_path = "party/cases"
    menu_label, menu_icon = KIND.label, KIND.icon
    filterset_class = CaseFilters
    search_fields = ("title", "project__title", "project__code", "project__organization__name")
    export_columns = (
        (_("case title"), str),
        (_("number"), lambda case: case.project.code),
        (_("project"), lambda case: case.project.title),
        (_("leading organization"), lambda case: case.project.organization.name),
        (_("reporting unit"), lambda case: case.project.organization.unit),
        (_("field"), lambda case: case.project.get_sector_display()),
        (_("programme year"), lambda case: case.project.cycle),
        (_("grade"), lambda case: case.project.grade_class),
        *SpreadAdmin.standing_export,
        (_("published at"), lambda case: day_of(case.published_at)),
    )

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield self.title_column(request, "title", _("case title"))
        yield Column(
            "code",
            label=_("number"),
            accessor="project.code",
            sort_key="project__code",
            classname="party-number",
        )
        yield place_column(CaseStudy, _("leading organization"))
        yield sector_column("project__")
        yield from standing_columns()
