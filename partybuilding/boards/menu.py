"""The menu items of the boards."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.boards.permissions import user_can_see_boards, user_can_see_charges
from partybuilding.projects.menu import StaffMenuItem


def board_items() -> list[MenuItem]:
    """Return the leader's own projects, then the boards."""
    return [
        StaffMenuItem(
            _("Projects in my charge"),
            reverse_lazy("partybuilding:charges"),
            name="charges",
            icon_name="user",
            order=12,
            may=user_can_see_charges,
        ),
        StaffMenuItem(
            _("Boards"),
            reverse_lazy("partybuilding:board"),
            name="boards",
            icon_name="table",
            order=15,
            may=user_can_see_boards,
        ),
    ]
