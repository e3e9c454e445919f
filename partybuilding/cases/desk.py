"""The lines of case studies on the first screen, and the address of their register."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.cases.selectors import desk_counts
from partybuilding.cases.states import TABLE
from partybuilding.core.desk.lines import DeskLine
from partybuilding.organizations.permissions import standing_of

REGISTER = "party_cases_modeladmin_index"


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def case_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    if not standing_of(user).is_staff:
        return
    for row in desk_counts(user, timezone.localdate()):
        state = TABLE.state(row["state"])
        label = _("Cases: %(state)s") % {"state": state.label}
        url = register_url(desk="mine", state=state.code)
        yield DeskLine(label, row["n"], row["late"], url, state.tone)
