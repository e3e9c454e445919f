"""Whom each role sees in the registers, and who keeps them."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group

from partybuilding.core.states import Role
from partybuilding.organizations import permissions, services
from partybuilding.organizations.models import Organization
from tests.factories import make_group, make_organization, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db
OVERSEERS = {Role.DEPARTMENT, Role.TASK_FORCE, Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
def test_the_rights_of_each_role_on_the_registers(role: Role) -> None:
    user = make_person(role)
    assert permissions.user_can_keep_registers(user) == (role == Role.DEPARTMENT)
    assert permissions.user_can_edit_organization(None, user) == (role == Role.DEPARTMENT)
    assert permissions.user_can_see_organizations(user) == (role in {*OVERSEERS, Role.UNIT})
    assert permissions.user_can_see_expert_groups(user) == (role in OVERSEERS)


def test_a_system_administrator_has_them_all() -> None:
    user = make_user(is_superuser=True)
    assert permissions.user_can_keep_registers(user)
    assert permissions.user_can_see_organizations(user)
    assert permissions.user_can_keep_person(user, user)


def test_who_is_not_signed_in_has_none() -> None:
    assert not permissions.user_can_keep_registers(AnonymousUser())
    assert not permissions.user_can_see_organizations(AnonymousUser())


def test_a_closed_account_has_none() -> None:
    user = make_person(Role.DEPARTMENT, is_active=False)
    assert not permissions.user_can_keep_registers(user)


def seen(user: Any) -> set[Organization]:
    return set(permissions.visible_to(Organization.objects.all(), user))


def test_a_unit_sees_itself_and_what_reports_through_it_at_any_depth() -> None:
    unit, other = make_unit(), make_unit()
    place = make_organization(unit)
    leaf = make_organization(unit, parent=place)
    make_organization(other)
    assert seen(make_person(Role.UNIT, unit)) == {unit, place, leaf}


def test_overseers_see_every_organization() -> None:
    make_organization()
    for role in OVERSEERS:
        assert seen(make_person(role)) == set(Organization.objects.all())


def people(user: Any) -> set[Any]:
    return set(permissions.people_visible_to(get_user_model().objects.all(), user))


def test_a_unit_sees_the_people_of_its_organizations_former_ones_too() -> None:
    unit = make_unit()
    reviewer, stranger = make_person(Role.UNIT, unit), make_person(Role.APPLICANT)
    present = make_person(Role.APPLICANT, make_organization(unit))
    former = make_person(Role.APPLICANT, make_organization(unit))
    services.end_membership(former.memberships.get(), by=None)
    assert people(reviewer) == {reviewer, present, former}
    assert stranger not in people(reviewer)


def test_an_applicant_of_a_unit_that_reviews_nothing_sees_nobody() -> None:
    assert people(make_person(Role.APPLICANT, make_unit())) == set()


def test_accounts_of_system_administrators_are_shown_to_them_alone() -> None:
    admin = make_user(is_superuser=True)
    officer = make_person(Role.DEPARTMENT)
    assert admin not in people(officer)
    assert {admin, officer} <= people(admin)
    assert not permissions.user_can_keep_person(admin, officer)
    assert permissions.user_can_keep_person(officer, officer)


def test_no_group_of_the_cms_lets_anybody_write_users_or_groups() -> None:
    """Whoever can change users can make administrators; Wagtail's own screens stay theirs."""
    found = Group.objects.filter(
        permissions__content_type__model__in=["user", "group", "permission"]
    )
    assert list(found) == []
    for role in Role:
        user = make_person(role)
        assert not any(
            user.has_perm(f"auth.{verb}_user") for verb in ("add", "change", "delete", "view")
        )


def test_an_expert_without_the_role_has_no_groups() -> None:
    expert = make_person(Role.EXPERT)
    group = make_group(expert)
    assert permissions.roles_of_user(get_user_model().objects.get(pk=expert.pk)).groups == {
        group.pk
    }
    services.end_membership(expert.memberships.get(), by=None)
    assert permissions.roles_of_user(get_user_model().objects.get(pk=expert.pk)).groups == set()
