"""The menu group of the programme: the registers of every room, in the order in which they are used."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from partybuilding.brands.admin import BrandAdmin
from partybuilding.cases.admin import CaseAdmin
from partybuilding.column.admin import ColumnAdmin
from partybuilding.column.menu import column_items
from partybuilding.core.admin import TrailAdmin
from partybuilding.cycles.admin import CycleAdmin
from partybuilding.opinions.admin import OpinionAdmin
from partybuilding.opinions.menu import opinion_items
from partybuilding.organizations.admin import ExpertGroupAdmin, OrganizationAdmin, PeopleAdmin
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.admin import ProjectAdmin
from partybuilding.projects.menu import decision_items


class OverseersTrailAdmin(TrailAdmin):
    """The trail, for those who see every record."""

    addresses = {
        "brand": lambda pk: reverse("partybuilding:brand", args=[pk]),
        "case": lambda pk: reverse("partybuilding:case_study", args=[pk]),
        "cycle": lambda pk: reverse("partybuilding:cycle", args=[pk]),
        "opinion": lambda pk: reverse("partybuilding:opinion", args=[pk]),
        "project": lambda pk: reverse("partybuilding:case", args=[pk]),
    }

    def may_list(self, user: Any) -> bool:
        """Show it to the department, the task force, auditors and administrators."""
        return standing_of(user).oversees


class PartyBuildingGroup(ModelAdminGroup):
    """Everything the programme keeps in registers."""

    menu_label = _("Party building projects")
    menu_item_name = "party-building"
    menu_icon = "clipboard-list"
    menu_order = 50
    items = (
        ProjectAdmin,
        OpinionAdmin,
        OrganizationAdmin,
        PeopleAdmin,
        ExpertGroupAdmin,
        CycleAdmin,
        BrandAdmin,
        CaseAdmin,
        ColumnAdmin,
        OverseersTrailAdmin,
    )

    def get_submenu_items(self) -> list[Any]:
        """Add the screens that prepare and take decisions."""
        own = super().get_submenu_items()
        return [*own, *decision_items(), *column_items(), *opinion_items()]
