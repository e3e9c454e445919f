"""A look over the public pages before the quarter's inspection of government websites."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import Room
from partybuilding.inspection.permissions import user_can_inspect
from partybuilding.inspection.viewsets import watched_words


def report() -> StaffMenuItem:
    """Return the item in the menu of reports."""
    return StaffMenuItem(
        _("Inspection of the site"),
        reverse_lazy("partybuilding:inspection"),
        name="inspection",
        icon_name="clipboard-list",
        order=10,
        may=user_can_inspect,
    )


ROOM = Room(
    addresses={"": "partybuilding.inspection.urls"},
    hooks=(
        ("register_reports_menu_item", report),
        ("register_admin_viewset", watched_words),
    ),
)
