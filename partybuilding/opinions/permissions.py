"""Who may do what with an opinion, and who sees it: `visible_to` is asked everywhere."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.opinions.states import TABLE
from partybuilding.organizations.permissions import roles_for, roles_of_user
from partybuilding.projects.permissions import is_of_applicants

if TYPE_CHECKING:
    from partybuilding.opinions.models import Opinion
    from partybuilding.opinions.models.queries import OpinionQuerySet


def visible_to(opinions: Rows, user: AnyUser) -> Rows:
    """Keep the opinions that a user may see at all.

    Overseers: all. A unit: those that are with it. Everybody else, editors and applicants too, reads
    what was published.
    """
    roles = roles_of_user(user)
    if roles.oversees:
        return opinions
    return opinions.filter(unit__in=roles.ids(Role.UNIT))


def waiting_for(opinions: Rows, user: AnyUser) -> Rows:
    """Keep the opinions that wait for this user: the table's holders; what no unit has, the department."""
    roles = roles_of_user(user)
    desk = Q(pk__in=[])
    if units := roles.ids(Role.UNIT):
        desk |= Q(state__in=TABLE.held_by(Role.UNIT), unit__in=units)
    if roles.has(Role.DEPARTMENT):
        desk |= Q(state__in=TABLE.held_by(Role.DEPARTMENT))
        desk |= Q(state__in=TABLE.held_by(Role.UNIT), unit=None)
    return opinions.filter(desk)


def to_decide_for(opinions: "OpinionQuerySet", user: AnyUser) -> "OpinionQuerySet":
    """Keep the answered ones of which the department has not decided whether they are published."""
    mine = roles_of_user(user).has(Role.DEPARTMENT)
    return opinions.undecided() if mine else opinions.none()


def _is_party(opinion: "Opinion", user: AnyUser) -> bool:
    return opinion.project is not None and is_of_applicants(opinion.project, user)


def user_can_take(step: Step, opinion: "Opinion", user: AnyUser) -> bool:
    """Let whom the table names, a unit what is with it; nobody it is about, nor approve an own draft."""
    if step.code == "approve" and opinion.drafted_by_id == user.pk:
        return False
    return bool(roles_for(step, opinion, user)) and not _is_party(opinion, user)


def user_can_read_contact(opinion: "Opinion", user: AnyUser) -> bool:
    """Show how to reach the sender to the unit that has it and the department, and no other overseer."""
    roles = roles_of_user(user)
    of_unit = opinion.unit_id is not None and opinion.unit_id in roles.ids(Role.UNIT)
    return (of_unit or roles.has(Role.DEPARTMENT)) and not _is_party(opinion, user)


def user_can_decide_publication(opinion: "Opinion", user: AnyUser) -> bool:
    """Let department officers who are not of the organisations it is about."""
    return roles_of_user(user).has(Role.DEPARTMENT) and not _is_party(opinion, user)


def user_can_set_appraisal(user: AnyUser) -> bool:
    """Let the department say from when to when residents appraise the projects of a year."""
    return roles_of_user(user).has(Role.DEPARTMENT)
