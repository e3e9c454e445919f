"""The menu of the programme in five groups: the registers of every room, in the order of the year."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from partybuilding.boards.admin import ReminderAdmin
from partybuilding.brands.admin import BrandAdmin
from partybuilding.cases.admin import CaseAdmin
from partybuilding.column.admin import ColumnAdmin
from partybuilding.column.menu import notice_items
from partybuilding.core.registers.trail import TrailAdmin
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


class Group(ModelAdminGroup):
    """One part of the menu: registers, and the screens beside them, in the order in which they are used."""

    #: Functions that return the items of the screens that are no registers.
    screens: tuple[Any, ...] = ()

    def get_submenu_items(self) -> list[Any]:
        """Add the screens; each item knows itself who sees it."""
        return [*super().get_submenu_items(), *(one for give in self.screens for one in give())]


class ChoosingGroup(Group):
    """From the application to the approved list."""

    menu_label = _("Applications and approval")
    menu_item_name, menu_icon, menu_order = "choosing", "clipboard-list", 50
    items = (ProjectAdmin,)
    screens = (decision_items, notice_items)


class DoingGroup(Group):
    """Promises, their pages, reports and supervision."""

    menu_label = _("Promises and supervision")
    menu_item_name, menu_icon, menu_order = "doing", "calendar-check", 51
    items = (
        ColumnAdmin,
        ReportAdmin,
        ChangeAdmin,
        QuestionAdmin,
        ActivityAdmin,
        RectificationAdmin,
        FeedbackAdmin,
    )
    screens = (supervision_items, bulletin_items)


class OpinionsGroup(Group):
    """What residents write, and how they appraise."""

    menu_label = _("Opinions of residents")
    menu_item_name, menu_icon, menu_order = "opinions", "comment", 52
    items = (OpinionAdmin,)
    screens = (opinion_items,)


class SpreadingGroup(Group):
    """What spreads."""

    menu_label = _("Brands and cases")
    menu_item_name, menu_icon, menu_order = "spreading", "pick", 53
    items = (BrandAdmin, CaseAdmin)


class GroundsGroup(Group):
    """Who takes part, by which rules, and what was written down of it."""

    menu_label = _("Organizations and years")
    menu_item_name, menu_icon, menu_order = "grounds", "group", 54
    items = (
        OrganizationAdmin,
        PeopleAdmin,
        ExpertGroupAdmin,
        CycleAdmin,
        ReminderAdmin,
        OverseersTrailAdmin,
    )


#: The menu in the order of the year; the boards stand above it (`boards.menu`).
GROUPS = (ChoosingGroup, DoingGroup, OpinionsGroup, SpreadingGroup, GroundsGroup)
