"""Read who holds which role where."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from partybuilding.core.attempts import Identity
from partybuilding.organizations.models import Membership


def identity_of(user: Any) -> Identity:
    """Return a user's name, post and organisation as they are today, for the trail."""
    current = Membership.objects.current().filter(user=user).select_related("organization")
    posts = [(held.post or held.get_role_display(), held.organization.name) for held in current]
    name = user.get_full_name() or user.get_username()
    if not posts:
        return Identity(name)
    return Identity(name, posts[0][0], posts[0][1])


def people_with(role: str, organization_ids: Iterable[int] | None = None) -> QuerySet:
    """Return the active users who hold a role today, in some organisations or anywhere."""
    held = Membership.objects.current().filter(role=role)
    if organization_ids is not None:
        held = held.filter(organization__in=list(organization_ids))
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(pk__in=held.values("user")).order_by("pk")
