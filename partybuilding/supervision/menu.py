"""The menu items of supervision besides its registers."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.projects.menu import StaffMenuItem
from partybuilding.supervision.permissions import user_can_see_plan


def supervision_items() -> list[MenuItem]:
    """Return the plan board's item."""
    return [
        StaffMenuItem(
            _("Supervision plan"),
            reverse_lazy("partybuilding:supervision"),
            name="supervision",
            icon_name="calendar-check",
            order=35,
            may=user_can_see_plan,
        )
    ]
