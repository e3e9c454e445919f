"""The registers of the evaluation: runs, objections, money, bonus points."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin
from partybuilding.core.registers.cells import (
    Column,
    TitleColumn,
    day_of,
    place_column,
    standing_columns,
    state_column,
    unit_column,
)
from partybuilding.core.registers.filters import RecordFilters
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import Award, Objection, Run
from partybuilding.evaluation.permissions import user_can_see_evaluation
from partybuilding.organizations.permissions import user_can_see_organizations
from partybuilding.projects.filters import UnitFilter, YearFilter


class RunFilters(RecordFilters):
    """What the register of runs is narrowed to."""

    cycle = YearFilter()


class JudgingFilters(RunFilters):
    """What the registers of objections and awards are narrowed to: records of units."""

    unit = UnitFilter()


class RunAdmin(RegisterAdmin):
    """The runs of all years."""

    model = Run
    base_url_path = "party/runs"
    menu_label, menu_icon = _("Runs of the evaluation"), "order"
    shown_to = staticmethod(user_can_see_evaluation)
    opened_as = "partybuilding:run"
    default_ordering = ("-cycle__year", "-number")
    filterset_class = RunFilters
    export_columns = (
        (_("run of the evaluation"), str),
        (_("state"), lambda run: run.state_row.label),
        (_("computed at"), lambda run: run.computed_at),
        (_("digest"), lambda run: run.digest),
        (_("root of the seals"), lambda run: run.seals_root),
    )

    @staticmethod
    def rows_of(user: AnyUser) -> QuerySet[Run]:
        """Return what the user may see."""
        return Run.objects.visible_to(user).select_related("cycle").defer("inputs", "result")

    def get_columns(self, request: Any) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "name",
            label=_("run of the evaluation"),
            accessor=str,
            sort_key="cycle__year",
            get_url=self.opener(request),
        )
        yield state_column()
        yield Column(
            "computed", label=_("computed at"), accessor="computed_at", sort_key="computed_at"
        )
        yield Column("until", label=_("open to comment until"), accessor="notice_ends_on")


class ObjectionAdmin(RegisterAdmin):
    """The objections to the results of all years."""

    model = Objection
    base_url_path = "party/objections"
    menu_label, menu_icon = _("Objections to results"), "comment"
    shown_to = staticmethod(user_can_see_evaluation)
    opened_as = "partybuilding:objection"
    default_ordering = DUE_FIRST
    filterset_class = JudgingFilters
    search_fields = ("number", "name", "text", "project__title")
    export_columns = (
        (_("receipt number"), lambda one: one.number),
        (_("received on"), lambda one: one.received_on),
        (_("name of the person or organization"), lambda one: one.name),
        (_("project"), lambda one: one.project or ""),
        (_("objection and reason"), lambda one: one.text),
        (_("state"), lambda one: one.state_row.label),
        (_("due on"), lambda one: one.due_on),
        (_("answer"), lambda one: one.answer),
    )

    @staticmethod
    def rows_of(user: AnyUser) -> QuerySet[Objection]:
        """Return what the user may see."""
        rows = Objection.objects.visible_to(user)
        return rows.select_related("run__cycle", "project__organization__unit")

    def get_columns(self, request: Any) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "number",
            label=_("receipt number"),
            sort_key="number",
            get_url=self.opener(request),
        )
        yield Column("name", label=_("name of the person or organization"), sort_key="name")
        yield Column("project", label=_("project"), accessor="project")
        yield from standing_columns()


class AwardAdmin(RegisterAdmin):
    """The ledger of award money (兑现奖补资金): approved, paid, date, receipt."""

    model = Award
    base_url_path = "party/awards"
    menu_label, menu_icon = _("Ledger of awards"), "pick"
    shown_to = staticmethod(user_can_see_organizations)
    opened_as = "partybuilding:award"
    default_ordering = ("-project__cycle__year", "project__code", "pk")
    filterset_class = JudgingFilters
    search_fields = ("project__title", "project__code", "organization__name", "receipt")
    export_columns: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
        (_("programme year"), lambda one: one.project.cycle.year),
        (_("number"), lambda one: one.project.code),
        (_("project title"), lambda one: one.project.title),
        (_("organization"), lambda one: one.organization.name),
        (_("reporting unit"), lambda one: one.organization.unit),
        (_("grade"), lambda one: one.grade.name),
        (_("award (yuan)"), lambda one: one.yuan),
        (_("state"), lambda one: one.state_row.label),
        (_("approved on"), lambda one: day_of(one.created_at)),
        (_("paid on"), lambda one: one.paid_on),
        (_("number of the receipt"), lambda one: one.receipt),
    )

    @staticmethod
    def rows_of(user: AnyUser) -> QuerySet[Award]:
        """Return what the user may see."""
        rows = Award.objects.visible_to(user)
        return rows.select_related("project__cycle", "organization__unit", "grade")

    def first_columns(self, request: Any) -> Iterator[Any]:
        """Yield the columns that both ledgers begin with."""
        yield TitleColumn(
            "project",
            label=_("project"),
            accessor="project.title",
            sort_key="project__code",
            get_url=self.opener(request),
        )
        yield place_column(Award, _("organization"))
        yield unit_column(Award)
        yield Column("grade", label=_("grade"), accessor="grade.name", sort_key="grade__sort_order")

    def get_columns(self, request: Any) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield from self.first_columns(request)
        yield Column("yuan", label=_("award (yuan)"), sort_key="yuan", classname="party-number")
        yield state_column()
        yield Column("paid_on", label=_("paid on"), sort_key="paid_on", classname="party-number")
        yield Column("receipt", label=_("number of the receipt"), sort_key="receipt")


class PointsAdmin(AwardAdmin):
    """The ledger of bonus points (考核加分台账) for the year's assessment of organisation work."""

    base_url_path = "party/points"
    menu_label, menu_icon = _("Ledger of bonus points"), "plus"
    export_columns = (
        *AwardAdmin.export_columns[:6],
        (_("bonus points"), lambda one: one.points),
    )

    def get_columns(self, request: Any) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield from self.first_columns(request)
        yield Column("points", label=_("bonus points"), sort_key="points", classname="party-number")
