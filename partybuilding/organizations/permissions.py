"""Who somebody is here today: the roles, organisations and groups that rights are asked of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from partybuilding.core.states import OVERSEEING_ROLES, STAFF_ROLES, Role


@dataclass(frozen=True)
class Standing:
    """A user's present roles, each with the organisations it is held in."""

    places: frozenset[tuple[str, int]] = frozenset()
    groups: frozenset[int] = frozenset()
    is_superuser: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """Every role the user holds anywhere."""
        return frozenset(role for role, _ in self.places)

    @property
    def organization_ids(self) -> frozenset[int]:
        """Every organisation the user belongs to, in whatever role."""
        return frozenset(organization for _, organization in self.places)

    def has(self, *roles: str) -> bool:
        """Tell whether the user holds one of these roles anywhere."""
        return not self.roles.isdisjoint(roles)

    def ids(self, role: str) -> frozenset[int]:
        """Return the organisations in which the user holds this role."""
        return frozenset(organization for held, organization in self.places if held == role)

    @property
    def oversees(self) -> bool:
        """Whether the user sees every record: overseeing roles, and the system's administrators."""
        return self.is_superuser or not self.roles.isdisjoint(OVERSEEING_ROLES)

    @property
    def is_staff(self) -> bool:
        """Whether the user works in the CMS admin."""
        return self.is_superuser or not self.roles.isdisjoint(STAFF_ROLES)


def standing_of(user: Any) -> Standing:
    """Return a user's standing, read once per user instance (that is: once a request)."""
    known = getattr(user, "_standing", None)
    if known is None:
        known = user._standing = _read_standing(user)
    return known


def _read_standing(user: Any) -> Standing:
    if user is None or not user.is_authenticated or not user.is_active:
        return Standing()
    today = timezone.localdate()
    current = user.memberships.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    places = frozenset(current.values_list("role", "organization_id"))
    expert = any(role == Role.EXPERT for role, _ in places)
    groups = frozenset(user.expert_groups.values_list("pk", flat=True)) if expert else frozenset()
    return Standing(places, groups, user.is_superuser)


def visible_to(organizations: QuerySet, user: Any) -> QuerySet:
    """Keep the organisations that a user may see in registers and choosers."""
    standing = standing_of(user)
    if standing.oversees:
        return organizations
    own = standing.organization_ids
    return organizations.filter(Q(pk__in=own) | Q(unit__in=standing.ids(Role.UNIT)))


def user_can_edit_organization(organization: Any, user: Any) -> bool:
    """Let the department and administrators keep the register of organisations."""
    standing = standing_of(user)
    return standing.is_superuser or standing.has(Role.DEPARTMENT)
