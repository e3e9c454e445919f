"""Write who holds which role where: appoint, change a post, end; the rows stay as history."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations import rules
from partybuilding.organizations.journal import note_change
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.permissions import user_can_keep_person
from partybuilding.organizations.selectors import code_of_department

ONE_DAY = timedelta(days=1)
#: The groups' names are data that administrators see; they are Chinese and never looked at by logic.
GROUP_NAMES = {
    "unit": "初审员",
    "department": "主管部门",
    "taskforce": "督导人员",
    "editor": "编辑",
    "publisher": "发布",
    "auditor": "审计监督",
    "leader": "联系领导",
}


def appoint(
    user: User,
    role: str,
    organization: Organization,
    *,
    by: AnyUser | None,
    post: str = "",
    since: date | None = None,
) -> Membership:
    """Give a person a role and post in an organisation; a change of post ends the one before.

    Args:
        by: who keeps the register; None when the system itself sets it up.
        since: the first day, today when none is given; it may lie ahead.

    Raises:
        NotYours: not somebody who keeps the register, or the account of a system administrator.
        ConditionUnmet: the role does not fit the organisation, or the post would begin before the
            one it follows.
    """
    refuse_stranger(user, by)
    if not (answer := rules.role_fits(role, organization, code_of_department())):
        raise ConditionUnmet(answer.reasons)
    day = since or timezone.localdate()
    if not (answer := rules.can_begin_on(day, timezone.localdate())):
        raise ConditionUnmet(answer.reasons)
    with transaction.atomic():
        held = Membership.objects.select_for_update(of=("self",)).filter(
            user=user, organization=organization, role=role, until=None
        )
        for before in held:
            if before.post == post:
                return before
            _end_before(before, day)
        membership = Membership.objects.create(
            user=user, organization=organization, role=role, post=post, since=day
        )
        refresh_groups(user)
        note_change(user, "person.appoint", by=by, text=membership.words)
    return membership


def _end_before(before: Membership, day: date) -> None:
    if day < before.since:
        sentence = _("The new post cannot begin before the present one, which began on %(day)s.")
        raise ConditionUnmet([sentence % {"day": day_words(before.since)}])
    before.until = max(before.since, day - ONE_DAY)
    before.save(update_fields=["until"])


def end_membership(
    membership: Membership, *, by: AnyUser | None, until: date | None = None
) -> Membership:
    """End a membership; its row stays as history.

    Args:
        by: who keeps the register; None when the system itself acts.
        until: the last day on which it holds. Without one it ends at once, that is: it ended
            yesterday, and one of today never held.

    Raises:
        NotYours: not somebody who keeps the register, the account of a system administrator, or
            one's own membership of the department, which would lock oneself out.
        ConditionUnmet: it has ended already, or would end before it began.
    """
    refuse_stranger(membership.user, by)
    if by is not None and membership.role == Role.DEPARTMENT and membership.user_id == by.pk:
        raise NotYours(
            [_("You cannot end your own membership of the department; ask a colleague.")]
        )
    today = timezone.localdate()
    if membership.until and membership.until < today:
        raise ConditionUnmet([_("This membership has ended already.")])
    if until and until < membership.since:
        raise ConditionUnmet([_("It cannot end before it began.")])
    if until and not (answer := rules.can_end_on(until, today)):
        raise ConditionUnmet(answer.reasons)
    with transaction.atomic():
        membership.until = until or today - ONE_DAY
        membership.since = min(membership.since, membership.until)
        membership.save(update_fields=["since", "until"])
        refresh_groups(membership.user)
        note_change(membership.user, "person.end", by=by, text=membership.words)
    return membership


def refuse_stranger(person: User, by: AnyUser | None) -> None:
    """Refuse who may not keep this person.

    Raises:
        NotYours: the sentence says whose it is.
    """
    if by is None or user_can_keep_person(person, by):
        return
    if person.is_superuser:
        raise NotYours([_("The accounts of system administrators are kept by them alone.")])
    raise NotYours([_("Only the Organization Department keeps the register.")])


def refresh_groups(user: User) -> None:
    """Hold the CMS groups of a person to the roles they hold today; forget what was remembered."""
    held = set(Membership.objects.current().filter(user=user).values_list("role", flat=True))
    wanted = {group_name(role) for role in STAFF_ROLES & held}
    ours = user.groups.filter(name__in=GROUP_NAMES.values())
    present = {group.name: group for group in ours}
    if gone := [group for name, group in present.items() if name not in wanted]:
        user.groups.remove(*gone)
    if fresh := [Group.objects.get_or_create(name=name)[0] for name in wanted - present.keys()]:
        user.groups.add(*fresh)
    user.__dict__.pop("_standing", None)


def group_name(role: str) -> str:
    """Return the name of the CMS group that carries a role's rights."""
    return str(GROUP_NAMES[role])
