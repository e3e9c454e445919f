"""Write expert groups."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.journal import note_change
from partybuilding.organizations.models import ExpertGroup
from partybuilding.organizations.permissions import user_can_keep_registers
from partybuilding.organizations.selectors import people_with


def save_expert_group(
    group: ExpertGroup, members: Iterable[Any], *, by: AnyUser | None
) -> ExpertGroup:
    """Save a group and form it of these members.

    Raises:
        NotYours: only the department and administrators form expert groups.
        ConditionUnmet: somebody is no expert today; whoever was a member before may stay one. Or the
            leader is no member.
    """
    if by is not None and not user_can_keep_registers(by):
        raise NotYours([_("Only the Organization Department keeps the register.")])
    chosen = {member.pk: member for member in members}
    with transaction.atomic():
        before = set(group.members.values_list("pk", flat=True)) if group.pk else set()
        experts = set(people_with(Role.EXPERT).values_list("pk", flat=True))
        if strangers := chosen.keys() - experts - before:
            names = "、".join(chosen[pk].get_full_name() for pk in sorted(strangers))
            raise ConditionUnmet([_("Not an expert today: %(names)s.") % {"names": names}])
        if group.leader_id is not None and group.leader_id not in chosen:
            raise ConditionUnmet([_("The leader is one of the members; tick the name above.")])
        group.save()
        group.members.set(chosen)
        names = "、".join(member.get_full_name() for member in chosen.values())
        note_change(group, "group.save", by=by, text=names)
    return group


def form_expert_group(
    name: str, members: Iterable[Any], *, by: AnyUser | None, leader: Any = None
) -> ExpertGroup:
    """Create or re-form the expert group of a name; a leader who leaves it leads it no longer.

    Args:
        leader: who leads it from now on; without one, who led it before.

    Raises:
        NotYours, ConditionUnmet: as `save_expert_group`.
    """
    group = ExpertGroup.objects.filter(name=name).first() or ExpertGroup(name=name)
    members = list(members)
    group.leader = leader or group.leader
    if group.leader_id not in {member.pk for member in members}:
        group.leader = None
    return save_expert_group(group, members, by=by)
