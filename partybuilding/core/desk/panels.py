"""The panels that stand first on the CMS's first screen: what waits for me, what I was told."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from partybuilding.core.desk.lines import desk_of
from partybuilding.core.models import Notice

#: Unread notices that the first screen shows.
RECENT = 5


class DeskPanel(Component):
    """待我办理: the lines that every room registered."""

    name = "party_desk"
    template_name = "partybuilding/core/desk_panel.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Collect the lines."""
        return {"lines": desk_of(self.request.user)}


class NoticePanel(Component):
    """The newest unread notices; opening one marks it read."""

    name = "party_notices"
    template_name = "partybuilding/core/notice_panel.html"
    order = 20

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Collect the notices."""
        unread = Notice.objects.to(self.request.user).unread()
        newest = list(unread[: RECENT + 1])
        return {"notices": newest[:RECENT], "more": len(newest) > RECENT}


def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk before every other panel."""
    panels[:0] = [DeskPanel(request), NoticePanel(request)]
