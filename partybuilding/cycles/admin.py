"""The register of programme years."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import HeaderButton

from partybuilding.core.registers.cells import Column, TitleColumn, state_column
from partybuilding.core.registers.filters import StateFilter
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_see_cycles
from partybuilding.cycles.selectors import register_of
from partybuilding.organizations.admin import CountColumn, KeptRegisterAdmin


class CycleFilters(WagtailFilterSet):
    """What the register of years can be narrowed to."""

    state = StateFilter()


def window_words(cycle: Cycle) -> str:
    """Return the days of the window."""
    return f"{cycle.applications_open:%Y-%m-%d} — {cycle.applications_close:%Y-%m-%d}"


class CycleAdmin(KeptRegisterAdmin):
    """The register of programme years, with what came of each."""

    model = Cycle
    menu_label = _("Programme years")
    menu_icon = "calendar"
    base_url_path = "party/cycles"
    filterset_class = CycleFilters
    search_fields = ("name", "year")
    default_ordering = ("-year",)
    export_columns = (
        (_("year of the programme"), lambda cycle: cycle.year),
        (_("name"), lambda cycle: cycle.name),
        (_("state"), lambda cycle: cycle.state_row.label),
        (_("Window for applications"), window_words),
        (_("number of projects to approve"), lambda cycle: cycle.approval_quota),
        (_("Applications handed in"), lambda cycle: cycle.application_count),
        (_("Projects approved"), lambda cycle: cycle.approved_count),
    )

    def may_list(self, user: AnyUser) -> bool:
        """Show it to staff."""
        return user_can_see_cycles(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        """Return the years with the numbers of applications and approvals."""
        return register_of(request.user)

    def opened_at(self, item: Cycle) -> str:
        """Return the address of the year's screen."""
        return reverse("partybuilding:cycle", args=[item.pk])

    def get_buttons(self, keeper: bool) -> list[HeaderButton]:
        """Offer keepers to prepare a year."""
        add = reverse("partybuilding:cycle_add")
        return (
            [HeaderButton(_("Prepare a year"), add, icon_name="plus", priority=-20)]
            if keeper
            else []
        )

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield Column(
            "year", label=_("year of the programme"), sort_key="year", classname="party-number"
        )
        yield TitleColumn("name", label=_("name"), sort_key="name", get_url=self.opened_at)
        yield state_column()
        yield Column(
            "window",
            label=_("Window for applications"),
            accessor=window_words,
            sort_key="applications_open",
            classname="party-number",
        )
        yield CountColumn(
            "approval_quota", label=_("number of projects to approve"), sort_key="approval_quota"
        )
        yield CountColumn(
            "application_count", label=_("Applications handed in"), sort_key="application_count"
        )
        yield CountColumn("approved_count", label=_("Projects approved"), sort_key="approved_count")
