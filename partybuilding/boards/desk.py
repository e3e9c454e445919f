"""The lines of the boards on the first screen: what is overdue and who has it, the projects in charge."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.boards.permissions import (
    user_can_see_boards,
    user_can_see_charges,
    user_can_see_reminders,
)
from partybuilding.boards.watched import watched_by
from partybuilding.core.desk.figures import how_many
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.models import DeliveryState
from partybuilding.core.selectors import mails_in
from partybuilding.core.states import Tone
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import in_charge


def board_url(name: str, **parts: Any) -> str:
    """Return the address of a board, narrowed."""
    query = {key: value for key, value in parts.items() if value}
    address = reverse(f"partybuilding:{name}")
    return f"{address}?{urlencode(query)}" if query else address


def board_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return what is overdue in the user's scope, and how many projects a leader is in charge of."""
    today = timezone.localdate()
    if user_can_see_charges(user):
        held = in_charge(Project.objects.visible_to(user), user, today)
        counts = how_many(held, today)
        url = board_url("charges")
        yield DeskLine(_("Projects in my charge"), counts["n"], counts["late"], url, Tone.ACTIVE)
    elif user_can_see_boards(user):
        late = sum(
            how_many(one.records.filter(state__in=one.held), today)["late"]
            for one in watched_by(user)
        )
        label = _("Overdue in all: who has it")
        yield DeskLine(label, late, 0, board_url("board_overdue"), Tone.NEGATIVE)


def mail_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return how many mails could not be sent, for those who see to them."""
    if user_can_see_reminders(user):
        label = _("Mails that could not be sent")
        yield DeskLine(label, mails_in(DeliveryState.PARKED), 0, board_url("mails"), Tone.NEGATIVE)
