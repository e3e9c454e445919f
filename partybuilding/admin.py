"""The menu group of the programme: the registers of every room, in the order in which they are used."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from partybuilding.boards.admin import ReminderAdmin
from partybuilding.boards.menu import board_items
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
from partybuilding.progress.admin import ChangeAdmin, QuestionAdmin, ReportAdmin
from partybuilding.projects.admin import ProjectAdmin
from partybuilding.projects.menu import decision_items
from partybuilding.supervision.admin import ActivityAdmin, RectificationAdmin
from partybuilding.supervision.bulletins.menu import bulletin_items
from partybuilding.supervision.menu import supervision_items
from partybuilding.supervision.notices.admin import FeedbackAdmin


class OverseersTrailAdmin(TrailAdmin):
    """The trail, for those who see every record."""

    addresses = {
        "brand": lambda pk: reverse("partybuilding:brand", args=[pk]),
        "case": lambda pk: reverse("partybuilding:case_study", args=[pk]),
        "change": lambda pk: reverse("partybuilding:change", args=[pk]),
        "cycle": lambda pk: reverse("partybuilding:cycle", args=[pk]),
        "feedback": lambda pk: reverse("partybuilding:feedback", args=[pk]),
        "opinion": lambda pk: reverse("partybuilding:opinion", args=[pk]),
        "project": lambda pk: reverse("partybuilding:case", args=[pk]),
        "question": lambda pk: reverse("partybuilding:question", args=[pk]),
        "rectification": lambda pk: reverse("partybuilding:rectification", args=[pk]),
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
        ReportAdmin,
        ChangeAdmin,
        QuestionAdmin,
        OpinionAdmin,
        OrganizationAdmin,
        PeopleAdmin,
        ExpertGroupAdmin,
        CycleAdmin,
        ActivityAdmin,
        RectificationAdmin,
        FeedbackAdmin,
        BrandAdmin,
        CaseAdmin,
        ColumnAdmin,
        ReminderAdmin,
        OverseersTrailAdmin,
    )

    def get_submenu_items(self) -> list[Any]:
        """Add the boards, and the screens of deciding, supervising, publishing and answering."""
        items = [*super().get_submenu_items(), *board_items(), *decision_items()]
        return [*items, *supervision_items(), *bulletin_items(), *column_items(), *opinion_items()]
