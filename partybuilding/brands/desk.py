"""The lines of brands on the first screen, and the address of their register."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.brands.selectors import desk_counts, pages_to_publish
from partybuilding.brands.states import TABLE
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of

REGISTER = "party_brands_modeladmin_index"


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def brand_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk, and the pages that recognised brands still lack."""
    standing = standing_of(user)
    if not standing.is_staff:
        return
    for row in desk_counts(user, timezone.localdate()):
        state = TABLE.state(row["state"])
        label = _("Brands: %(state)s") % {"state": state.label}
        url = register_url(desk="mine", state=state.code)
        yield DeskLine(label, row["n"], row["late"], url, state.tone)
    if standing.has(Role.EDITOR, Role.PUBLISHER):
        count = pages_to_publish(user)
        yield DeskLine(
            _("Recognised brands without a public page"), count, 0, register_url(page="hidden")
        )
