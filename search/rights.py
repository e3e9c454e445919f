"""Who may teach the search: editors and publishers, unless their groups have rights in it already."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from partybuilding.core.states import Role
from partybuilding.organizations.services import group_name

ROLES = (Role.EDITOR, Role.PUBLISHER)
MODELS = ("synonym", "promotion", "unanswered")


def grant(**kwargs: Any) -> None:
    """Give the groups what they lack altogether."""
    rights = Permission.objects.filter(
        content_type__app_label="search", content_type__model__in=MODELS
    )
    for group in Group.objects.filter(name__in=[group_name(role) for role in ROLES]):
        if not group.permissions.filter(content_type__app_label="search").exists():
            group.permissions.add(*rights)
