"""The register of case studies: who has them, for how long, and from which projects they are written."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.cases.filters import CaseFilters
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.selectors import register_of
from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin
from partybuilding.core.registers.cells import Column, TitleColumn
from partybuilding.core.registers.columns import (
    day_of,
    place_column,
    sector_column,
    standing_columns,
)
from partybuilding.organizations.permissions import standing_of


class CaseAdmin(RegisterAdmin):
    """The register of case studies."""

    model = CaseStudy
    base_url_path = "party/cases"
    menu_label = _("Case studies")
    menu_icon = "openquote"
    filterset_class = CaseFilters
    search_fields = ("title", "project__title", "project__code", "project__organization__name")
    default_ordering = DUE_FIRST
    export_columns = (
        (_("case title"), str),
        (_("number"), lambda case: case.project.code),
        (_("project"), lambda case: case.project.title),
        (_("leading organization"), lambda case: case.project.organization.name),
        (_("reporting unit"), lambda case: case.project.organization.unit),
        (_("field"), lambda case: case.project.get_sector_display()),
        (_("programme year"), lambda case: case.project.cycle),
        (_("grade"), lambda case: case.project.grade_class),
        (_("state"), lambda case: case.state_row.label),
        (_("in this state since"), lambda case: day_of(case.state_since)),
        (_("due on"), lambda case: case.due_on),
        (_("published at"), lambda case: day_of(case.published_at)),
    )

    def may_list(self, user: Any) -> bool:
        """Show it to staff."""
        return standing_of(user).is_staff

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseStudy]:
        """Return what the user may see."""
        return register_of(request.user)

    def opened_at(self, item: CaseStudy) -> str:
        """Return the address of the case's file."""
        return reverse("partybuilding:case_study", args=[item.pk])

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "title",
            label=_("case title"),
            accessor=str,
            sort_key="title",
            get_url=self.opener(request),
        )
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
