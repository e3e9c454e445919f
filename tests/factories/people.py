"""Organisations and the people in them."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group

from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.organizations.models import ExpertGroup, Membership, Organization
from partybuilding.organizations.services import group_name, save_organization
from partybuilding.organizations.states import OrganizationKind, Sector
from tests.replay import replayed

_numbers = count(1)


@replayed
def make_user(**fields: Any) -> AbstractUser:
    """Make an account with the password "demo"."""
    number = next(_numbers)
    facts = {
        "username": f"person{number}",
        "first_name": f"张示{number}",
        **fields,
    }
    return get_user_model().objects.create_user(password="demo", **facts)


@replayed
def make_unit(**fields: Any) -> Organization:
    """Make a reporting unit."""
    number = next(_numbers)
    facts = {
        "name": f"第{number}街道党工委",
        "code": f"U{number:04d}",
        "kind": OrganizationKind.WORKING_COMMITTEE,
        "sector": Sector.URBAN,
        "is_reporting_unit": True,
        **fields,
    }
    return save_organization(Organization(**facts), by=None)


@replayed
def make_organization(unit: Organization | None = None, **fields: Any) -> Organization:
    """Make an organisation with a secretary, below a unit."""
    number = next(_numbers)
    facts = {
        "name": f"第{number}社区党委",
        "code": f"O{number:04d}",
        "kind": OrganizationKind.COMMITTEE,
        "sector": Sector.URBAN,
        "parent": unit or make_unit(),
        "secretary_name": "李示例",
        "secretary_post": "党委书记",
        **fields,
    }
    return save_organization(Organization(**facts), by=None)


@replayed
def make_person(
    role: Role, organization: Organization | None = None, **fields: Any
) -> AbstractUser:
    """Make a person who holds a role; without an organisation in a district department.

    Written as `appoint` leaves it, past its checks: nearly every test has a dozen of them.
    """
    user = make_user(**fields)
    place = organization or (make_unit() if role == Role.UNIT else district())
    post = {"role": role, "post": str(role.label), "since": date(2020, 1, 1)}
    Membership.objects.create(user=user, organization=place, **post)
    if role in STAFF_ROLES:
        group, _made = Group.objects.get_or_create(name=group_name(role))
        user.groups.through.objects.create(user=user, group=group)
    return user


def district() -> Organization:
    found = Organization.objects.filter(kind=OrganizationKind.DISTRICT).first()
    return found or save_organization(
        Organization(name="区委组织部", code="D0001", kind=OrganizationKind.DISTRICT), by=None
    )


@replayed
def make_group(*members: Any) -> ExpertGroup:
    """Make an expert group."""
    group = ExpertGroup.objects.create(name=f"第{next(_numbers)}评审组")
    group.members.set(members)
    return group
