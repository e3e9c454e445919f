"""公开栏: every approved project with where its page stands, and the way to write it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from partybuilding.column.selectors import pages_of
from partybuilding.column.states import PageStatus
from partybuilding.core.registers.admin import RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import (
    Column,
    TitleColumn,
    day_of,
    place_column,
    state_column,
)
from partybuilding.core.registers.filters import AnyOf
from partybuilding.core.types import Rows
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.filters import YearFilter
from partybuilding.projects.models import Project


class PageFilters(WagtailFilterSet):
    """What the list of pages can be narrowed to."""

    status = AnyOf(
        field_name="page_status",
        label=_("State of the page"),
        method="by_status",
        choices=PageStatus.choices,
    )
    cycle = YearFilter()
    sector = AnyOf(label=_("sector"), choices=SECTORS.pairs)

    def by_status(self, queryset: Rows, name: str, values: list[str]) -> Rows:
        """Keep the projects whose page stands so; whether there is one at all is asked first."""
        if values == [PageStatus.NONE]:
            return queryset.filter(page__isnull=True)
        if values and PageStatus.NONE not in values:
            queryset = queryset.filter(page__isnull=False)
        return queryset.filter(page_status__in=values) if values else queryset


class PageColumn(Column):
    """Where the page stands, as a tag."""

    cell_template_name = "partybuilding/column/page_status.html"


class WaysColumn(Column):
    """What can be done with the page: begin it, write on, review, read."""

    cell_template_name = "partybuilding/column/page_ways.html"

    def get_cell_context_data(self, instance: Project, parent_context: Any) -> dict[str, Any]:
        """Say what this user may do."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "may_start": user_works_on_pages(context["request"].user)}


class ColumnView(RegisterView):
    """The list, with the form that its buttons send."""

    template_name = "partybuilding/column/index.html"


class ColumnAdmin(RegisterAdmin):
    """The approved projects and their pages."""

    model = Project
    shown_to = staticmethod(user_works_on_pages)
    rows_of = staticmethod(pages_of)
    opened_as = "partybuilding:case"
    base_url_path = "party/column"
    index_view_class = ColumnView
    menu_label = _("Public column")
    menu_icon = "site"
    filterset_class = PageFilters
    search_fields = ("title", "code", "organization__name")
    default_ordering = ("-approved_at", "-pk")

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield Column("code", label=_("number"), sort_key="code", classname="party-number")
        yield TitleColumn(
            "title",
            label=_("project title"),
            accessor=str,
            sort_key="title",
            get_url=self.opened_at,
        )
        yield place_column(Project, _("leading organization"))
        yield state_column()
        yield Column(
            "approved",
            label=_("approved at"),
            accessor=lambda project: day_of(project.approved_at),
            sort_key="approved_at",
            classname="party-number",
        )
        yield PageColumn(
            "page", label=_("State of the page"), accessor=page_status, sort_key="page_status"
        )
        yield WaysColumn("ways", label=_("What to do"), accessor=page_status)

    def register_admin_url_finders(self) -> None:
        """Leave it to the register of projects to say where a project is opened."""


def page_status(project: Project) -> PageStatus:
    """Return where the page of a project stands."""
    return PageStatus(project.page_status)  # type: ignore[attr-defined]
