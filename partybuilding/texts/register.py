"""What the rooms declare as texts that may be edited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core import rooms
from partybuilding.core.states import Text as Words
from partybuilding.core.texts import Wording
from partybuilding.core.types import AnyUser

#: The groups of the list, in its order.
GROUPS = {
    "letters": _("Letters and certificates"),
    "receipts": _("Receipts"),
    "guidance": _("Guidance in the portal"),
    "messages": _("Messages"),
}


@dataclass(frozen=True)
class EditedText:
    """A text of the list: what it is called, and how it is drawn with a record or with samples.

    Args:
        wording: its placeholders and delivered words.
        name: what it is called.
        drawn: draws a body for a record, or for none with the samples of its placeholders; what it
            returns is a `LetterOutline`, a `Certificate` or a `Message`.
        examples: the records with which a user may see it, the newest first.
        group: where it stands in the list.
    """

    wording: Wording
    name: Words
    drawn: Callable[[str, Any], Any]
    examples: Callable[[AnyUser], "QuerySet[Any]"]
    group: str = "letters"


def texts() -> dict[str, EditedText]:
    """Return all edited texts by code, in the order of the rooms."""
    return {one.wording.code: one for one in rooms.collect("texts")}
