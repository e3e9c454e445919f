"""Read who holds which role where, what the registers show, and the organisations as a tree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partybuilding.core.machine.attempts import Identity
from partybuilding.core.selectors import count_of
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations.models import (
    ExpertGroup,
    IssuingBody,
    Membership,
    MembershipQuerySet,
    Organization,
)
from partybuilding.organizations.permissions import people_visible_to, visible_to


@dataclass
class Branch:
    """One organisation in the tree.

    Args:
        depth: how many of the shown ones stand above it.
        below: how many of the shown ones stand below it, at any depth.
        closes: how many levels end behind it.
    """

    organization: Organization
    depth: int
    below: int = 0
    closes: range = field(default_factory=lambda: range(0))


def branches(organizations: Iterable[Any]) -> list[Branch]:
    """Return the organisations with each superior before those below it.

    One whose superior is not among them stands at the top.
    """
    found = list(organizations)
    known = {organization.pk for organization in found}
    children: dict[Any, list[Any]] = defaultdict(list)
    for organization in found:
        parent = organization.parent_id
        children[parent if parent in known else None].append(organization)
    lines = list(_grow(children, None, 0))
    for line, following in zip_longest(lines, lines[1:]):
        line.closes = range(max(line.depth - (following.depth if following else 0), 0))
    return lines


def _grow(children: dict[Any, list[Any]], parent: Any, depth: int) -> Iterator[Branch]:
    for organization in children[parent]:
        branch = Branch(organization, depth)
        inner = list(_grow(children, organization.pk, depth + 1))
        branch.below = len(inner)
        yield branch
        yield from inner


def identity_of(user: User) -> Identity:
    """Return a user's name, post and organisation as they are today, for the trail."""
    current = Membership.objects.current().filter(user=user)
    held = current.values_list("post", "role", "organization__name").first()
    name = user.get_full_name() or user.get_username()
    if held is None:
        return Identity(name)
    post, role, organization = held
    return Identity(name, post or str(Role(role).label), organization)


def people_with(role: str, organization_ids: Iterable[int | None] | None = None) -> QuerySet:
    """Return the active users who hold a role today, in some organisations or anywhere."""
    held = Membership.objects.current().filter(role=role)
    if organization_ids is not None:
        held = held.filter(organization__in=list(organization_ids))
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(pk__in=held.values("user")).order_by("pk")


def names_of_holders(record: Any) -> str:
    """Name the persons who have a record, when it is with an organisation or unit."""
    held = [(role, record.place_of(role)) for role in record.state_row.holders]
    people = [one for role, place in held if place for one in people_with(role, [place.pk])]
    return "、".join(one.get_full_name() or one.get_username() for one in people)


def code_of_department() -> str:
    """Return the code of the organisation that is the department today; empty when nobody entered it."""
    found = IssuingBody.on(timezone.localdate()).organization
    return found.code if found else ""


def register_of(user: AnyUser) -> QuerySet[Organization]:
    """Return the organisations that a user may see, with what the register's columns show."""
    people = Membership.objects.current().filter(organization=OuterRef("pk")).order_by()
    counted = people.values("organization").annotate(n=Count("user", distinct=True)).values("n")
    return (
        visible_to(Organization.objects.all(), user)
        .select_related("parent", "unit")
        .annotate(people=Coalesce(Subquery(counted), 0))
    )


def units_of(user: AnyUser) -> QuerySet[Organization]:
    """Return the reporting units among the organisations that a user may see."""
    return visible_to(Organization.objects.reporting_units(), user)


def superiors_of(organization: Organization) -> list[Organization]:
    """Return what stands above an organisation, the highest first."""
    found: list[Organization] = []
    above = organization.parent
    while above is not None:
        found.insert(0, above)
        above = above.parent
    return found


def memberships_in(organization: Organization) -> MembershipQuerySet:
    """Return who holds and held what in an organisation."""
    return organization.memberships.select_related("user").order_by("role", "-since", "pk")


def people_of(user: AnyUser) -> QuerySet:
    """Return the people whom a user may see, each with the memberships that a user may see.

    `held` are all of them, the newest first.
    """
    places = visible_to(Organization.objects.all(), user)
    held = Membership.objects.filter(organization__in=places).select_related("organization")
    people = get_user_model()._default_manager.all()
    return people_visible_to(people, user).prefetch_related(
        Prefetch("memberships", held.order_by("-since", "-pk"), to_attr="held")
    )


def experts() -> QuerySet:
    """Return today's experts with their posts, by name."""
    return people_with(Role.EXPERT).order_by("written__key", "username")


def expert_groups() -> QuerySet[ExpertGroup]:
    """Return the expert groups with the numbers of their members and of the projects they have now."""
    running = Q(until=None) | Q(until__gte=timezone.localdate())
    given: Any = ExpertGroup._meta.get_field("assignments")
    assigned = given.related_model._default_manager.filter(**{given.field.name: OuterRef("pk")})
    members = ExpertGroup.members.through._default_manager.filter(expertgroup=OuterRef("pk"))
    return ExpertGroup.objects.annotate(
        member_count=count_of(members), project_count=count_of(assigned.filter(running))
    )


def people_by_place(
    places: Iterable[tuple[str, int | None]],
) -> dict[tuple[str, int | None], tuple[str, ...]]:
    """Name who holds a role today, in an organisation or (None) anywhere, for many at once; one query."""
    found = people_holding(places)
    return {
        place: tuple(one.get_full_name() or one.get_username() for one in people)
        for place, people in found.items()
    }


def people_holding(
    places: Iterable[tuple[str, int | None]],
) -> dict[tuple[str, int | None], tuple[Any, ...]]:
    """Return the active users who hold a role today, in an organisation or (None) anywhere; one query."""
    asked = set(places)
    wanted = Q(pk__in=[])
    for role in {role for role, _place in asked}:
        here = [place for held, place in asked if held == role]
        inside = Q() if None in here else Q(organization__in=here)
        wanted |= Q(role=role) & inside
    held = Membership.objects.current().filter(wanted, user__is_active=True)
    found: dict[tuple[str, int | None], dict[int, Any]] = {}
    for one in held.select_related("user").order_by("user_id"):
        for place in {(one.role, one.organization_id), (one.role, None)} & asked:
            found.setdefault(place, {})[one.user_id] = one.user
    return {place: tuple(people.values()) for place, people in found.items()}


def telephone_of(person: User) -> str:
    """Return a person's telephone as the register has it."""
    kept = getattr(person, "written", None)
    return kept.telephone if kept else ""
