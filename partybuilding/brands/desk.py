"""The lines of brands on the first screen."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.brands.kind import KIND
from partybuilding.brands.selectors import pages_to_publish
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of
from partybuilding.spreading.desk import desk_lines


def brand_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk, and the pages that recognised brands still lack."""
    yield from desk_lines(KIND, user)
    if standing_of(user).has(Role.EDITOR, Role.PUBLISHER):
        label, url = _("Recognised brands without a public page"), KIND.register_url(page="hidden")
        yield DeskLine(label, pages_to_publish(user), 0, url)
