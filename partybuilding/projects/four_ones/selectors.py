"""Read the four ones: who handed a duty to whom and when, and which accounts can hold one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.states import Role
from partybuilding.organizations.models import Membership
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.states import Duty

#: The roles among whose holders an account for a duty is chosen; a work team has none.
ACCOUNT_ROLES = {
    Duty.LEADER: (Role.LEADER,),
    Duty.SECRETARY: (Role.APPLICANT,),
    Duty.LIAISON: (Role.DEPARTMENT, Role.TASK_FORCE, Role.LEADER),
}


@dataclass(frozen=True)
class Handover:
    """A duty that passed from one holder to the next, or whose holder got another post."""

    before: FourOnesPost
    after: FourOnesPost

    @property
    def since(self) -> date:
        """The first day of the successor."""
        return self.after.since

    @property
    def title(self) -> str:
        """Which duty."""
        return _("%(duty)s changed") % {"duty": self.after.get_duty_display()}

    @property
    def words(self) -> str:
        """From whom to whom, by name and post."""
        if self.before.name == self.after.name:
            facts = {
                "name": self.after.name,
                "old": self.before.post or _("no post given"),
                "new": self.after.post or _("no post given"),
            }
            return _("%(name)s: post changed from %(old)s to %(new)s.") % facts
        people = {"old": _with_post(self.before), "new": _with_post(self.after)}
        return _("From %(old)s to %(new)s.") % people


def _with_post(held: FourOnesPost) -> str:
    return (
        _("%(name)s (%(post)s)") % {"name": held.name, "post": held.post}
        if held.post
        else held.name
    )


def handovers(
    project: Project, today: date | None = None, posts: Iterable[FourOnesPost] | None = None
) -> list[Handover]:
    """Return what changed among the four ones since the project is public, newest first.

    What was replaced before it took effect, and what takes effect later, is left out.

    Args:
        posts: everybody who ever held or will hold one of them; read in one query when not given.
    """
    if project.approved_at is None:
        return []
    today, public = today or timezone.localdate(), timezone.localdate(project.approved_at)
    known = project.four_ones.effective() if posts is None else posts
    begun = sorted(
        (post for post in known if post.since <= today), key=lambda post: (post.since, post.pk)
    )
    found = [
        Handover(before, after)
        for duty in Duty
        for before, after in pairwise(post for post in begun if post.duty == duty)
        if after.since > public and (before.name, before.post) != (after.name, after.post)
    ]
    return sorted(found, key=lambda one: (one.since, one.after.pk), reverse=True)


def handover_entries(
    project: Project, today: date | None = None, posts: Iterable[FourOnesPost] | None = None
) -> list[dict[str, Any]]:
    """Return the handovers as entries of a timeline, newest first."""
    return [
        {"when": one.since, "title": one.title, "text": one.words}
        for one in handovers(project, today, posts)
    ]


def accounts_for(project: Project, duty: Duty) -> Iterator[tuple[int, str]]:
    """Yield the accounts that can hold a duty of a project, each with name, organisation and post."""
    roles = ACCOUNT_ROLES.get(duty)
    if roles is None:
        return
    held = Membership.objects.current().filter(role__in=roles, user__is_active=True)
    if duty == Duty.SECRETARY:
        held = held.filter(organization=project.organization_id)
    seen = set()
    for one in held.select_related("user", "organization").order_by("user__written__key", "pk"):
        if one.user_id not in seen:
            seen.add(one.user_id)
            name = one.user.get_full_name() or one.user.get_username()
            yield one.user_id, " · ".join(filter(None, (name, one.organization.name, one.post)))
