"""Who sees, puts together, and publishes the case book."""

from typing import TYPE_CHECKING

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import (
    roles_of_user,
    user_oversees,
    user_works_on_pages,
)

if TYPE_CHECKING:
    from partybuilding.casebook.models import Edition


def user_can_see_books(user: AnyUser) -> bool:
    """Let who works on pages, and who oversees the programme."""
    return user_works_on_pages(user) or user_oversees(user)


def user_can_edit_books(user: AnyUser) -> bool:
    """Let editors, publishers and administrators choose cases, write front matter and build."""
    return user_works_on_pages(user)


def user_can_publish_edition(edition: "Edition", user: AnyUser) -> bool:
    """Let a publisher who did not build it: four eyes see what residents get."""
    roles = roles_of_user(user)
    return roles.has(Role.PUBLISHER) and edition.built_by_id != user.pk


def user_can_withdraw_editions(user: AnyUser) -> bool:
    """Let publishers and the department take an edition back."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.PUBLISHER, Role.DEPARTMENT)
