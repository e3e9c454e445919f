"""The lines of what spreads on the first screen."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.machine.registry import machine_of
from partybuilding.organizations.permissions import standing_of
from partybuilding.spreading.kinds import Kind
from partybuilding.spreading.selectors import desk_counts


def desk_lines(kind: Kind, user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    if not standing_of(user).is_staff:
        return
    table = machine_of(kind.model).table
    for row in desk_counts(kind, user, timezone.localdate()):
        state = table.state(row["state"])
        url = kind.register_url(desk="mine", state=state.code)
        yield DeskLine(
            _(kind.line) % {"state": state.label}, row["n"], row["late"], url, state.tone
        )
