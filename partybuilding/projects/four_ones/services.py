"""Write the four ones: who holds which duty from which day on; what was before stays as it was."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.machine.wording import day_words
from partybuilding.core.rules import within
from partybuilding.core.services import note, post_notices
from partybuilding.core.text.personal_data import findings
from partybuilding.core.types import AnyUser
from partybuilding.projects.messages import APPOINTED, values_of
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.notices import charge_url
from partybuilding.projects.permissions import user_can_appoint_four_ones
from partybuilding.projects.states import DUTIES, Duty
from partybuilding.texts.messages import notice_draft

ONE_DAY = timedelta(days=1)
#: Says that whoever appoints does not speak of the account; the present one stays.
NOT_SAID: Any = object()


class Named(NamedTuple):
    """Who is named for a duty: name and post as residents read them, and the account if there is one."""

    name: str
    post: str = ""
    person: Any = NOT_SAID

    @property
    def account(self) -> Any:
        """The account, None when there is none or nobody spoke of it."""
        return None if self.person is NOT_SAID else self.person


def appoint_four_ones(
    project: Project,
    people: Mapping[str, tuple[Any, ...]],
    *,
    by: AnyUser,
    since: date | None = None,
) -> list[FourOnesPost]:
    """Name the four ones by duty: name, post and account; returns the rows that are new.

    Who held a duty until then ends the day before; who was to take it over on that day or later no
    longer does. A duty whose holder on that day is the one named stays as it is.

    Args:
        people: for each duty what `Named` holds; an empty name changes nothing.
        by: of the department.
        since: the first day, today when none is given; it may lie ahead.

    Raises:
        NotYours: only the department names them.
        ConditionUnmet: there is no such duty, the account cannot hold it, a name or post holds a
            person's number, or somebody else has taken the duty over since that day.
    """
    if unknown := [duty for duty in people if duty not in Duty]:
        raise ConditionUnmet([_("There is no such duty: %(duty)s.") % {"duty": unknown[0]}])
    named = {Duty(duty): _tidy(Named(*given)) for duty, given in people.items()}
    named = {duty: person for duty, person in named.items() if person.name}
    if faults := list(_faults(project, named)):
        raise ConditionUnmet(faults)
    day = since or timezone.localdate()
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not user_can_appoint_four_ones(locked, by):
            raise NotYours([_("This is not yours to record, or it is no longer the time for it.")])
        if not (answer := within(day, locked.cycle.applications_open, locked.cycle.last_day)):
            raise ConditionUnmet(answer.reasons)
        taken = {duty: _take(locked, duty, person, day) for duty, person in named.items()}
        changed = [post for post in taken.values() if post is not None]
        _tell(locked, changed, by)
        _link(locked, {duty: named[duty] for duty in named if taken[duty] is None}, day, by)
    return changed


def _tidy(named: Named) -> Named:
    return named._replace(name=named.name.strip(), post=named.post.strip())


def _faults(project: Project, named: Mapping[Duty, Named]) -> Iterator[str]:
    for duty, person in named.items():
        label = DUTIES.label(duty, project.cycle_id)
        if found := findings(f"{person.name} {person.post}"):
            said = {"duty": label, "kind": found[0].kind.label, "excerpt": found[0].excerpt}
            yield _("%(duty)s: names and posts are public. Leave out the %(kind)s: %(excerpt)s") % (
                said
            )
        if person.account is not None and (duty == Duty.TEAM or not person.account.is_active):
            yield _("%(duty)s: this account cannot hold the duty.") % {"duty": label}


def _take(project: Project, duty: Duty, named: Named, day: date) -> FourOnesPost | None:
    """Let somebody take a duty over; None when they hold it on that day already."""
    posts = [post for post in project.four_ones.filter(duty=duty) if post.is_effective]
    holder = next((post for post in posts if post.holds_on(day)), None)
    if holder and (holder.name, holder.post) == (named.name, named.post):
        return None
    _end(posts, day)
    return FourOnesPost.objects.create(
        project=project,
        duty=duty,
        name=named.name,
        post=named.post,
        person=named.account,
        since=day,
    )


def _end(posts: Iterable[FourOnesPost], day: date) -> None:
    """End who holds a duty the day before, and void who would take it over on that day or later.

    Who began before today and on that day or later has acted, so that nobody takes it over before.
    """
    today = timezone.localdate()
    for post in posts:
        if day <= post.since < today:
            sentence = _("%(duty)s: %(name)s has held it since %(day)s; choose a later day.")
            facts = {
                "duty": post.get_duty_display(),
                "name": post.name,
                "day": day_words(post.since),
            }
            raise ConditionUnmet([sentence % facts])
        if post.until is None or post.until >= day:
            never_began = post.since >= day
            post.until = (post.since if never_began else day) - ONE_DAY
            post.save(update_fields=["until"])


def _tell(project: Project, changed: list[FourOnesPost], by: AnyUser) -> None:
    """Note in the trail who was named, and tell those of them who have an account."""
    if not changed:
        return
    told = {post.duty: [post.name, post.post, post.since.isoformat()] for post in changed}
    entry = note(project, "appoint", by=by, data=told)
    _notify(project, [post for post in changed if post.person], f"trail:{entry.pk}")


def _link(project: Project, named: Mapping[Duty, Named], day: date, by: AnyUser) -> None:
    """Link or unlink the accounts of those who hold a duty already; nothing public changes."""
    linked = []
    for duty, person in named.items():
        if person.person is NOT_SAID:
            continue
        for post in project.four_ones.on(day).filter(duty=duty).exclude(person=person.person):
            post.person = person.person
            post.save(update_fields=["person"])
            linked.append(post)
    if linked:
        told = {post.duty: [post.name, str(post.person or "")] for post in linked}
        entry = note(project, "link", by=by, data=told)
        _notify(project, [post for post in linked if post.person], f"trail:{entry.pk}")


def _notify(project: Project, posts: Iterable[FourOnesPost], key: str) -> None:
    drafts = [
        notice_draft(
            APPOINTED,
            [post.person],
            values_of(project, 岗位=post.get_duty_display(), 起始日期=day_words(post.since)),
            charge_url(post, project),
        )
        for post in posts
    ]
    post_notices(drafts, key=key)
