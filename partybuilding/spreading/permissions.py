"""Who writes the pages of what spreads."""

from typing import Any

from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of


def user_can_write_pages(user: Any) -> bool:
    """Let editors, publishers and administrators."""
    standing = standing_of(user)
    return standing.is_superuser or standing.has(Role.EDITOR, Role.PUBLISHER)
