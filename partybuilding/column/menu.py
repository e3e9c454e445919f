"""The menu items of the screens beside the column's registers."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from partybuilding.column.notices.permissions import user_can_start_notice
from partybuilding.organizations.chrome import works_on_pages
from partybuilding.projects.menu import StaffMenuItem


def column_items() -> list[MenuItem]:
    """Return the way to what waits for editors and publishers."""
    return [
        StaffMenuItem(
            _("Work on the column"),
            reverse_lazy("partybuilding:waiting"),
            name="waiting",
            icon_name="tasks",
            order=18,
            may=works_on_pages,
        ),
    ]


def notice_items() -> list[MenuItem]:
    """Return the way to the approved lists to announce."""
    return [
        StaffMenuItem(
            _("Notices of approved lists"),
            reverse_lazy("partybuilding:notices_begun"),
            name="approved-lists",
            icon_name="doc-full",
            order=40,
            may=user_can_start_notice,
        ),
    ]
