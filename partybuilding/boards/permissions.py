"""Who sees the boards; what stands on them is each record's own `visible_to`."""

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user


def user_can_see_boards(user: AnyUser) -> bool:
    """Show the boards to those who look over the work: overseers, units, and leaders in charge."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.UNIT, Role.LEADER)


def user_can_see_load(user: AnyUser) -> bool:
    """Show how much the reviewers have to do to overseers and to units, of their own."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.UNIT)


def user_can_see_charges(user: AnyUser) -> bool:
    """Show the list of the projects in charge to leaders; whoever else stands in the four ones sees all."""
    return roles_of_user(user).has(Role.LEADER)


def user_can_see_reminders(user: AnyUser) -> bool:
    """Show what was reminded of, to whom, to the department and to the system's administrators."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT)
