"""Who writes the pages of what spreads."""

from typing import Any

from partybuilding.core.states import Role
from partybuilding.organizations.permissions import roles_of_user


def user_can_write_pages(user: Any) -> bool:
    """Let editors, publishers and administrators."""
    standing = roles_of_user(user)
    return standing.is_superuser or standing.has(Role.EDITOR, Role.PUBLISHER)
