"""The menu item of the bulletins."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.projects.menu import StaffMenuItem
from partybuilding.supervision.bulletins.permissions import user_sees_bulletins


def bulletin_items() -> list[MenuItem]:
    """Return the way to the quarters and their bulletins."""
    return [
        StaffMenuItem(
            _("Bulletins of the quarters"),
            reverse_lazy("partybuilding:bulletins"),
            name="bulletins",
            icon_name="doc-full",
            order=35,
            may=user_sees_bulletins,
        ),
    ]
