"""Who begins the bulletin of a quarter, and who sees the list of them."""

from typing import Any

from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of


def user_can_begin_bulletin(user: Any) -> bool:
    """Let the task force and system administrators."""
    standing = standing_of(user)
    return standing.is_superuser or standing.has(Role.TASK_FORCE)


def user_sees_bulletins(user: Any) -> bool:
    """Show the quarters and their bulletins to those who see every record, and to publishers and editors."""
    standing = standing_of(user)
    return standing.oversees or standing.has(Role.EDITOR, Role.PUBLISHER)
