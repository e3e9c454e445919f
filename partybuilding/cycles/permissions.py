"""Who keeps the rules of a programme year."""

from typing import TYPE_CHECKING

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import roles_for, roles_of_user

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle


def visible_to(cycles: Rows, user: AnyUser) -> Rows:
    """Show every year to staff, and to others the years that were opened."""
    return cycles if roles_of_user(user).is_staff else cycles.exclude(state="preparing")


def user_can_take(step: Step, cycle: "Cycle", user: AnyUser) -> bool:
    """Let whom the table names lead the year from stage to stage."""
    return bool(roles_for(step, cycle, user))


def user_can_edit_cycle(cycle: "Cycle | None", user: AnyUser) -> bool:
    """Let the department and administrators write the rules (until they freeze)."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT)


def user_can_see_cycles(user: AnyUser) -> bool:
    """Show the register of years to staff."""
    return roles_of_user(user).is_staff
