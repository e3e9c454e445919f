"""The register of projects: what a user may see, with who has it, for how long and by when."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.wording import holder_words, waiting_words
from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import (
    Column,
    TickColumn,
    TitleColumn,
    sector_column,
    standing_columns,
    unit_column,
)
from partybuilding.core.sheets import Line
from partybuilding.core.states import Step
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.filters import ProjectFilters
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.selectors import register_of
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.states import STEPS
from partybuilding.projects.yearform.columns import own_columns

#: What the XLSX file of a register says of the project of each row.
OF_PROJECT = (
    (_("number"), lambda one: one.project.code),
    (_("project title"), lambda one: one.project),
    (_("leading organization"), lambda one: one.project.organization.name),
    (_("reporting unit"), lambda one: one.project.organization.unit),
)


def bulk_steps(user: AnyUser) -> list[Step]:
    """Return the steps that this user may take with many projects at once."""
    roles = roles_of_user(user).roles
    return [step for step in STEPS if step.bulk and not roles.isdisjoint(step.roles())]


def tickable_states(user: AnyUser) -> frozenset[str]:
    """Return the states from which one of these steps starts for this user's roles."""
    roles = roles_of_user(user).roles
    return frozenset(
        state
        for step in bulk_steps(user)
        for state, holders in step.sources.items()
        if not roles.isdisjoint(holders)
    )


class PlaceColumn(Column):
    """The leading organisation, with a mark on joint applications."""

    cell_template_name = "partybuilding/projects/register/place.html"


class ProjectRegisterView(RegisterView):
    """The register with the bar of bulk decisions below it."""

    template_name = "partybuilding/projects/register/index.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the steps of the bar."""
        steps = bulk_steps(self.request.user)
        return {**super().get_context_data(*args, **kwargs), "bulk_steps": steps}

    def columns_of_file(self, queryset: QuerySet) -> list[Any]:
        """Add what the years of these projects asked beside the delivered form."""
        return [*super().columns_of_file(queryset), *own_columns(queryset)]

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponse:
        """Read the files along, which answer some of the questions."""
        return super().as_spreadsheet(queryset.prefetch_related("attachments"), spreadsheet_format)


class ProjectAdmin(RegisterAdmin):
    """The register of projects."""

    model = Project
    base_url_path = "party/projects"
    index_view_class = ProjectRegisterView
    menu_label = _("Register of projects")
    menu_icon = "folder-open-inverse"
    filterset_class = ProjectFilters
    search_fields = ("title", "code")
    default_ordering = DUE_FIRST
    export_columns = (
        (_("number"), lambda project: project.code),
        (_("project title"), str),
        (_("leading organization"), lambda project: project.organization.name),
        (_("Joint application"), lambda project: _("yes") if project.is_joint else ""),
        (_("reporting unit"), lambda project: project.organization.unit),
        (_("field"), lambda project: project.get_sector_display()),
        (_("topic"), lambda project: project.topic),
        (_("programme year"), lambda project: project.cycle),
        (_("state"), lambda project: project.state_row.label),
        (_("On whose desk"), holder_words),
        (_("in this state since"), lambda project: timezone.localdate(project.state_since)),
        (_("Waiting time"), waiting_words),
        (_("due on"), lambda project: project.due_on),
        (_("Overdue"), lambda project: _("yes") if project.is_overdue() else ""),
        *(
            (field.label, field.words)
            for field in APPLICATION.fields
            if isinstance(field, Line) and not field.wide
        ),
    )

    def may_list(self, user: AnyUser) -> bool:
        """Show it to staff."""
        return roles_of_user(user).is_staff

    def search_extra(self, word: str) -> Q:
        """Find projects by the names of their organisations and units, and of their partners."""
        named = Organization.objects.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
        joined = Partner.objects.filter(organization__name__icontains=word)
        return Q(organization__in=named.values("pk")) | Q(pk__in=joined.values("project"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        """Return what the user may see, with a mark on joint applications."""
        partners = Partner.objects.filter(project=OuterRef("pk"))
        return register_of(request.user).annotate(is_joint=Exists(partners))

    def opened_at(self, item: Project) -> str:
        """Return the address of the case file."""
        return reverse("partybuilding:case", args=[item.pk])

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns; boxes to tick only for those who may decide in bulk."""
        if tickable := tickable_states(request.user):
            yield TickColumn(tickable, self.list_url(request))
        yield Column("code", label=_("number"), sort_key="code", classname="party-number")
        yield TitleColumn(
            "title",
            label=_("project title"),
            accessor=str,
            sort_key="title",
            get_url=self.opener(request),
        )
        yield PlaceColumn(
            "organization", label=_("leading organization"), sort_key="organization__name_key"
        )
        yield unit_column(Project)
        yield sector_column()
        yield from standing_columns()
