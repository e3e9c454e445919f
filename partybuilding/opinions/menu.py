"""The menu's way to the public appraisal."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.menu import StaffMenuItem


def user_oversees(user: Any) -> bool:
    """Tell whether the user sees every record."""
    return standing_of(user).oversees


def opinion_items() -> list[MenuItem]:
    """Return the items of the room beside its register."""
    return [
        StaffMenuItem(
            _("Public appraisal"),
            reverse_lazy("partybuilding:appraisals"),
            name="appraisals",
            icon_name="form",
            order=45,
            may=user_oversees,
        ),
    ]
