"""The lines of the column on the first screen: what editors have to write, what publishers to review."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.column.selectors import status_counts
from partybuilding.column.states import PageStatus
from partybuilding.core.desk import DeskLine
from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of

REGISTER = "party_column_modeladmin_index"


def page_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of editors and publishers."""
    standing = standing_of(user)
    if not standing.has(Role.EDITOR, Role.PUBLISHER):
        return
    counts = status_counts(user)
    if standing.has(Role.EDITOR):
        yield _line(_("Pages to write"), PageStatus.NONE, counts)
        yield _line(_("Pages being drafted"), PageStatus.DRAFT, counts)
        yield _line(_("Pages returned to editors"), PageStatus.RETURNED, counts)
    if standing.has(Role.PUBLISHER):
        yield _line(_("Pages to review and publish"), PageStatus.REVIEW, counts)


def _line(label: str, status: PageStatus, counts: dict[str, int]) -> DeskLine:
    url = f"{reverse(REGISTER)}?status={status.value}"
    return DeskLine(label, counts.get(status.value, 0), 0, url, status.tone)
