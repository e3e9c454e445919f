"""Write organisations and memberships: place, appoint, end."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.refusals import ConditionUnmet
from partybuilding.core.states import STAFF_ROLES
from partybuilding.organizations.models import ExpertGroup, Membership, Organization


def save_organization(organization: Organization, *, by: Any) -> Organization:
    """Save an organisation and give it, and all below it, the unit they now report through.

    Raises:
        ConditionUnmet: the organisation would stand below itself.
    """
    with transaction.atomic():
        _refuse_circle(organization)
        organization.unit = organization.unit_above()
        organization.save()
        _place_below(organization)
    return organization


def _refuse_circle(organization: Organization) -> None:
    above = organization.parent
    while above is not None:
        if above.pk == organization.pk:
            raise ConditionUnmet([_("An organization cannot stand below itself.")])
        above = above.parent


def _place_below(organization: Organization) -> None:
    unit = organization if organization.is_reporting_unit else organization.unit
    for child in organization.children.filter(is_reporting_unit=False).exclude(unit=unit):
        child.unit = unit
        child.save(update_fields=["unit"])
        _place_below(child)


def appoint(
    user: Any,
    role: str,
    organization: Organization,
    *,
    by: Any,
    post: str = "",
    since: date | None = None,
) -> Membership:
    """Give a person a role and post in an organisation; a change of post ends the one before."""
    today = since or timezone.localdate()
    with transaction.atomic():
        held = Membership.objects.select_for_update().filter(
            user=user, organization=organization, role=role, until=None
        )
        for before in held:
            if before.post == post:
                return before
            before.until = max(before.since, today - timedelta(days=1))
            before.save(update_fields=["until"])
        membership = Membership.objects.create(
            user=user, organization=organization, role=role, post=post, since=today
        )
        refresh_groups(user)
    return membership


def end_membership(membership: Membership, *, by: Any, until: date | None = None) -> Membership:
    """End a membership; its row stays as history. Without a day it ended yesterday: at once."""
    with transaction.atomic():
        yesterday = timezone.localdate() - timedelta(days=1)
        membership.until = max(membership.since, until or yesterday)
        membership.save(update_fields=["until"])
        refresh_groups(membership.user)
    return membership


def refresh_groups(user: Any) -> None:
    """Hold the CMS groups of a person to the roles they hold today; forget what was remembered."""
    held = set(Membership.objects.current().filter(user=user).values_list("role", flat=True))
    for role in STAFF_ROLES:
        group = Group.objects.get_or_create(name=group_name(role))[0]
        (user.groups.add if role in held else user.groups.remove)(group)
    user.__dict__.pop("_standing", None)


def group_name(role: str) -> str:
    """Return the name of the CMS group that carries a role's rights."""
    return str(GROUP_NAMES[role])


#: The groups' names are data that administrators see; they are Chinese and never looked at by logic.
GROUP_NAMES = {
    "unit": "归口单位初审员",
    "department": "组织部",
    "taskforce": "工作专班",
    "editor": "编辑",
    "publisher": "发布",
    "auditor": "审计监督",
}


def form_expert_group(name: str, members: list[Any], *, by: Any) -> ExpertGroup:
    """Create or re-form an expert group."""
    with transaction.atomic():
        group, _created = ExpertGroup.objects.get_or_create(name=name)
        group.members.set(members)
    return group
