"""Who may begin a notice of the approved projects."""

from typing import Any

from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of


def user_can_start_notice(user: Any) -> bool:
    """Let the department, which settles the list, and editors and publishers, who write it."""
    standing = standing_of(user)
    roles = (Role.DEPARTMENT, Role.EDITOR, Role.PUBLISHER)
    return standing.is_superuser or standing.has(*roles)
