"""Who words the texts."""

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user


def user_can_edit_texts(user: AnyUser) -> bool:
    """Let the department and administrators word letters, certificates and messages."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT)
