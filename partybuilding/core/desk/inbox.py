"""The menu's way to one's notices, with the number of unread ones."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from partybuilding.core.models import Notice


class InboxMenuItem(MenuItem):
    """消息, with a number when there is something new."""

    def render_component(self, request: HttpRequest) -> Any:
        """Count at each showing; menu items live as long as the process."""
        unread = Notice.objects.to(request.user).unread().count()
        label = _("Notices (%(unread)s)") % {"unread": unread} if unread else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


def inbox_item() -> InboxMenuItem:
    """Return the menu item."""
    return InboxMenuItem(
        gettext_lazy("Notices"),
        reverse_lazy("partybuilding:notices"),
        name="notices",
        icon_name="mail",
        order=60,
    )
