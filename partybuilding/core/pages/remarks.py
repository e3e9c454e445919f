"""What the page editor says before everything else; the rooms have it to say."""

from dataclasses import dataclass
from typing import Any

from wagtail.admin.panels import Panel

from partybuilding.core import rooms
from partybuilding.core.states import Text, Tone
from partybuilding.core.types import AnyUser


@dataclass(frozen=True)
class Remark:
    """One thing that who opens a page must know.

    Args:
        text: the sentence.
        tone: how urgent it looks.
        items: single points below it, e.g. what the gate found.
    """

    text: Text
    tone: Tone = Tone.NEUTRAL
    items: tuple[Text, ...] = ()


def remarks_of(page: Any, user: AnyUser) -> list[Remark]:
    """Return what there is to say of a page that exists, in the order of the rooms."""
    if page.pk is None:
        return []
    return [remark for function in rooms.collect("remarks") for remark in function(page, user)]


class RemarksPanel(Panel):
    """The remarks above the fields of a page."""

    class BoundPanel(Panel.BoundPanel):
        """The remarks on one page for one user."""

        template_name = "partybuilding/core/remarks.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Collect the remarks."""
            context = super().get_context_data(parent_context)
            return {**context, "remarks": remarks_of(self.instance, self.request.user)}
