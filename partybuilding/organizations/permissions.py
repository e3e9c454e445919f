"""Who somebody is here today: the roles, organisations and groups that rights are asked of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from partybuilding.core.access.paths import paths_of_record
from partybuilding.core.states import OVERSEEING_ROLES, STAFF_ROLES, Role, Step, Table
from partybuilding.core.types import AnyUser, Rows, User

if TYPE_CHECKING:
    from partybuilding.organizations.models import Organization

#: Roles that are held in one organisation, and have what stands there; all others have everything.
LOCAL_ROLES = frozenset({Role.APPLICANT, Role.UNIT})


@dataclass(frozen=True)
class UserRoles:
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


def roles_of_user(user: AnyUser) -> UserRoles:
    """Return a user's roles, read once per user instance (that is: once a request)."""
    known = getattr(user, "_standing", None)
    if known is None:
        known = user._standing = _read_roles(user)  # type: ignore[union-attr]
    return known


def _read_roles(user: AnyUser) -> UserRoles:
    if user is None or not user.is_authenticated or not user.is_active:
        return UserRoles()
    today = timezone.localdate()
    current = user.memberships.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    places = frozenset(current.values_list("role", "organization_id"))
    expert = any(role == Role.EXPERT for role, _ in places)
    groups = frozenset(user.expert_groups.values_list("pk", flat=True)) if expert else frozenset()
    return UserRoles(places, groups, user.is_superuser)


def on_desk(rows: Rows, user: AnyUser, table: Table, **limits: Q) -> Rows:
    """Keep the records that wait for a user to act: the table's holders, where they hold their role.

    Args:
        limits: for a role, a further condition.
    """
    standing, where = roles_of_user(user), paths_of_record(rows.model)
    desk = Q(pk__in=[])
    for role in standing.roles:
        held = Q(state__in=table.held_by(Role(role))) & limits.get(role, Q())
        if place := where.place(role):
            held &= Q(**{f"{place}__in": standing.ids(role)})
        desk |= held
    return rows.filter(desk)


def user_works_on_pages(user: AnyUser) -> bool:
    """Let editors, publishers and administrators."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.EDITOR, Role.PUBLISHER)


def user_oversees(user: AnyUser) -> bool:
    """Tell whether the user sees every record."""
    return roles_of_user(user).oversees


def user_is_staff(user: AnyUser) -> bool:
    """Tell whether a user works in the CMS admin."""
    return roles_of_user(user).is_staff


def roles_for(step: Step, record: Any, user: AnyUser) -> set[Role]:
    """Return the roles that take a step by its table and that the user holds where the record stands."""
    roles = roles_of_user(user)
    return {role for role in step.sources.get(record.state, ()) if _held(roles, role, record)}


def _held(roles: UserRoles, role: Role, record: Any) -> bool:
    if role not in LOCAL_ROLES:
        return roles.has(role)
    held = roles.ids(role)
    place = record.place_of(role) if held else None
    return place is not None and place.pk in held


def visible_to(organizations: Rows, user: AnyUser) -> Rows:
    """Keep the organisations that a user may see in registers and choosers."""
    roles = roles_of_user(user)
    if roles.oversees:
        return organizations
    own = roles.organization_ids
    return organizations.filter(Q(pk__in=own) | Q(unit__in=roles.ids(Role.UNIT)))


def people_visible_to(people: Rows, user: AnyUser) -> Rows:
    """Keep the people whom a user may see: overseers everybody, a unit those of its organisations.

    The accounts of system administrators are shown to system administrators alone.
    """
    roles = roles_of_user(user)
    if roles.is_superuser:
        return people
    found = people.filter(is_superuser=False)
    if roles.oversees:
        return found
    units = roles.ids(Role.UNIT)
    memberships = people.model._meta.get_field("memberships").related_model._default_manager
    held = memberships.filter(Q(organization__in=units) | Q(organization__unit__in=units))
    return found.filter(pk__in=held.values("user"))


def user_can_keep_registers(user: AnyUser) -> bool:
    """Let the department and administrators keep the registers of organisations and people."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT)


def user_can_edit_organization(organization: "Organization | None", user: AnyUser) -> bool:
    """Let those who keep the registers write an organisation."""
    return user_can_keep_registers(user)


def user_can_keep_person(person: User, user: AnyUser) -> bool:
    """Let those who keep the registers write a person; an administrator's account, administrators."""
    roles = roles_of_user(user)
    return user_can_keep_registers(user) and (roles.is_superuser or not person.is_superuser)


def user_can_see_organizations(user: AnyUser) -> bool:
    """Show the registers of organisations and people to overseers and unit reviewers."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.UNIT)


def user_can_see_expert_groups(user: AnyUser) -> bool:
    """Show the expert groups to those who see every record."""
    return roles_of_user(user).oversees
