"""The staff menu: its groups in the order of the year, what the rooms put into them, and kinds of items."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import Menu, MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail_modeladmin.menus import GroupMenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from partybuilding.core import rooms
from partybuilding.core.desk import figures

#: The groups of the programme's menu: code, label, icon; the boards stand above them.
GROUPS = (
    ("choosing", gettext_lazy("Applications and approval"), "clipboard-list"),
    ("doing", gettext_lazy("Promises and supervision"), "calendar-check"),
    ("opinions", gettext_lazy("Opinions of residents"), "comment"),
    ("judging", gettext_lazy("Year-end review"), "list-ol"),
    ("spreading", gettext_lazy("Brands and cases"), "pick"),
    ("grounds", gettext_lazy("Organizations and years"), "group"),
)
#: Where the first of them stands in the menu of the CMS.
FIRST = 50


class InboxMenuItem(MenuItem):
    """消息, with a number when there is something new."""

    def render_component(self, request: HttpRequest) -> Any:
        """Count at each showing; menu items live as long as the process."""
        unread = figures.unread(request.user)
        label = _("Notices (%(unread)s)") % {"unread": unread} if unread else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


class StaffMenuItem(MenuItem):
    """A menu item for those who may see its screen."""

    def __init__(self, *args: Any, may: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the screen's own permission."""
        return self.may(request.user)


class RoomsGroup(ModelAdminGroup):
    """One group of the menu: registers, and the screens beside them."""

    screens: tuple[MenuItem, ...] = ()

    def get_menu_item(self) -> MenuItem:
        """Stand in the menu with screens alone, too; it is shown to whom any of its items is."""
        return GroupMenuItem(self, self.get_menu_order(), Menu(items=self.get_submenu_items()))

    def get_submenu_items(self) -> list[Any]:
        """Add the screens; each item knows itself who sees it."""
        return [*super().get_submenu_items(), *self.screens]


def of_group(code: str) -> list[Any]:
    """Return what the rooms put into a group, in the order of the rooms."""
    return [one for group, entries in rooms.collect("menu") if group == code for one in entries]


def groups_of_rooms() -> list[type[RoomsGroup]]:
    """Return the groups in which any room has something."""
    made = []
    for place, (code, label, icon) in enumerate(GROUPS):
        entries = of_group(code)
        registers = tuple(one for one in entries if isinstance(one, type))
        attributes = {
            "menu_label": label,
            "menu_item_name": code,
            "menu_icon": icon,
            "menu_order": FIRST + place,
            "items": registers,
            "screens": tuple(one for one in entries if not isinstance(one, type)),
        }
        if entries:
            made.append(type(f"{code.title()}Group", (RoomsGroup,), attributes))
    return made
