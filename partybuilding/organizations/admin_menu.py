"""What of the CMS's own furniture a role sees: only what its work needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user, user_works_on_pages

#: The CMS's own menu items; others were added for the programme and know themselves who sees them.
STOCK_ITEMS = frozenset(
    {"explorer", "images", "documents", "snippets", "forms", "reports", "help", "settings"}
)
#: What of them a role works with.
NEEDED = {
    Role.EDITOR: frozenset({"explorer", "images", "documents", "reports"}),
    Role.PUBLISHER: frozenset({"explorer", "images", "documents", "reports"}),
}
#: Panels of the first screen that list pages by title.
PAGE_PANELS = frozenset(
    {
        "workflow_objects_to_moderate",
        "user_objects_in_workflow_moderation",
        "recent_edits",
        "locked_pages",
    }
)


#: The menu's way to the first screen, which otherwise only the mark leads to.
HOME = MenuItem(
    _("First screen"),
    reverse_lazy("wagtailadmin_home"),
    name="home",
    icon_name="home",
    order=10,
)


def needed_items(user: AnyUser) -> frozenset[str]:
    """Return the CMS's own menu items that a user's roles work with."""
    roles = roles_of_user(user)
    if roles.is_superuser:
        return STOCK_ITEMS
    sets = (items for role, items in NEEDED.items() if roles.has(role))
    return frozenset().union(*sets)


def clear_menu(request: HttpRequest, items: list[Any]) -> None:
    """Take from the menu what the user's roles do not work with."""
    hidden = STOCK_ITEMS - needed_items(request.user)
    items[:] = [item for item in items if item.name not in hidden]


def clear_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Take the lists of page titles from the first screen of those who do not work on pages."""
    if not user_works_on_pages(request.user):
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in PAGE_PANELS]
