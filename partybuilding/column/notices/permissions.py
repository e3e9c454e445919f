"""Who may begin a notice of the approved projects."""

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user


def user_can_start_notice(user: AnyUser) -> bool:
    """Let the department, which settles the list, and editors and publishers, who write it."""
    held = roles_of_user(user)
    roles = (Role.DEPARTMENT, Role.EDITOR, Role.PUBLISHER)
    return held.is_superuser or held.has(*roles)
