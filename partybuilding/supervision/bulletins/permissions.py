"""Who begins the bulletin of a quarter, and who sees the list of them."""

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user


def user_can_begin_bulletin(user: AnyUser) -> bool:
    """Let the task force and system administrators."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.TASK_FORCE)


def user_sees_bulletins(user: AnyUser) -> bool:
    """Show the quarters and their bulletins to those who see every record, and to publishers and editors."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.EDITOR, Role.PUBLISHER)
