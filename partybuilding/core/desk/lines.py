"""What waits for a user, as lines on the first screen, with the panels that show them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from partybuilding.core import rooms
from partybuilding.core.models import Notice
from partybuilding.core.states import Text, Tone
from partybuilding.core.types import AnyUser


@dataclass(frozen=True)
class DeskLine:
    """One line of 待我办理: how many of what, how many of them late, and where they are listed."""

    label: Text
    count: int
    overdue: int = 0
    url: str = ""
    tone: Tone = Tone.WAITING


def desk_of(user: AnyUser) -> list[DeskLine]:
    """Return the lines of a user that have something to do, in the order of the rooms."""
    return [line for function in rooms.collect("desk") for line in function(user) if line.count]


#: Unread notices that the first screen shows.
RECENT = 5


class DeskPanel(Component):
    """待我办理: the lines of every room."""

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
