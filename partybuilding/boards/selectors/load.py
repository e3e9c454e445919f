"""What each reviewer has to do and has done: open records, handled in the last days, median days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from partybuilding.boards.filters import midnight
from partybuilding.boards.selectors.holders import Holder, holders
from partybuilding.boards.watched import Watched
from partybuilding.core.models import TransitionRecord
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.organizations.models import Membership
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.selectors import people_by_place
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.permissions import in_charge
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.states import KEEPING, Duty


@dataclass
class Charge:
    """One project in charge.

    Args:
        project: the project.
        duties: what the person is of it, with since when.
        tally: how far its published promises are.
        late: for each other machine with overdue records of it, what they are called and how many.
        people: who has the project now.
    """

    project: Project
    duties: list[FourOnesPost]
    tally: Tally
    late: list[tuple[str, int]] = field(default_factory=list)
    people: tuple[str, ...] = ()
    is_late: bool = False

    @property
    def words(self) -> str:
        """What the person is of it."""
        return "、".join(str(Duty(post.duty).label) for post in self.duties)

    @property
    def overdue_promises(self) -> int:
        """Promises that are overdue while the project is still carried out."""
        return self.tally.overdue if self.project.state in KEEPING else 0

    @property
    def needs_attention(self) -> bool:
        """Whether anything of it is overdue."""
        return self.is_late or bool(self.late) or bool(self.overdue_promises)


def charges_of(user: Any, watched: Iterable[Watched], today: date) -> list[Charge]:
    """Return the projects in charge, those with something overdue first; a fixed number of queries."""
    projects = list(
        in_charge(Project.objects.visible_to(user), user, today)
        .select_related("cycle", "organization__unit")
        .order_by("-cycle__year", "code")
    )
    ids = [project.pk for project in projects]
    duties = defaultdict(list)
    for post in FourOnesPost.objects.on(today).filter(person=user, project__in=ids).order_by("pk"):
        duties[post.project_id].append(post)
    kept = tallies(standings(ids, today))
    late = _late(ids, watched, today)
    people = people_by_place(place for project in projects for place in _places(project))
    found = [
        Charge(
            project,
            duties[project.pk],
            kept.get(project.pk, Tally()),
            late[project.pk],
            tuple(name for place in _places(project) for name in people.get(place, ())),
            project.is_overdue(today),
        )
        for project in projects
    ]
    return sorted(found, key=lambda one: (not one.needs_attention, one.project.due_on or date.max))


def _late(
    projects: list[int], watched: Iterable[Watched], today: date
) -> dict[int, list[tuple[str, int]]]:
    """Count the overdue records of other machines by project; a query a machine."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in watched:
        path = one.where.project
        if path in ("", "pk"):
            continue
        overdue = one.records.filter(due_on__lt=today, state__in=one.held)
        rows = overdue.filter(**{f"{path}__in": projects}).values_list(path)
        for project, count in rows.annotate(n=Count("pk", distinct=True)):
            found[project].append((one.label, count))
    return found


def _places(project: Project) -> list[tuple[str, int]]:
    """Return the organisations that have it; who has it as a whole role is named by the role alone."""
    places = ((role, project.place_of(role)) for role in project.state_row.holders)
    return [(role.value, place.pk) for role, place in places if place]


#: Days back that count as lately.
LATELY = 30


@dataclass
class Load:
    """One person who reviews in a role: what they have, and what they did lately.

    Args:
        user: the person.
        post: the organisation and post of the role.
        holder: what the people of this role there have, shared by all of them.
        handled: steps taken lately from states that staff have on the desk.
        median: days from entering the state to the step, of the middle one; None without any.
    """

    user: Any
    post: str
    holder: Holder
    handled: int = 0
    median: float | None = None
    days: list[int] = field(default_factory=list)


def loads(watched: list[Watched], user: Any, today: date) -> list[Load]:
    """Return the reviewers whom a user looks over, the most loaded first; a unit sees its own."""
    known = {holder.place: holder for holder in holders(watched, today)}
    found = [_load(one, known) for one in _reviewers(watched, user)]
    done = handled_by([load.user.pk for load in found], watched, today)
    for load in found:
        load.days = done.get(load.user.pk, [])
        load.handled = len(load.days)
        timed = [days for days in load.days if days is not None]
        load.median = median(timed) if timed else None
    return sorted(found, key=lambda load: (-load.holder.overdue, -load.holder.open, load.user.pk))


def _reviewers(watched: list[Watched], user: Any) -> QuerySet[Membership]:
    roles = {role for one in watched for role in one.roles} & STAFF_ROLES
    held = Membership.objects.current().filter(role__in=roles, user__is_active=True)
    if not roles_of_user(user).oversees:
        own = roles_of_user(user).ids(Role.UNIT)
        held = held.filter(role=Role.UNIT, organization__in=own)
    unit = next((one.narrowing.unit for one in watched if one.narrowing.unit), None)
    if unit is not None:
        held = held.filter(Q(organization=unit) | ~Q(role=Role.UNIT))
    return held.select_related("user", "organization")


def _load(held: Membership, known: dict[Any, Holder]) -> Load:
    here = (held.role, held.organization_id)
    desk = known.get(here) or known.get((held.role, None)) or Holder(here)
    place = held.organization.name
    post = held.post if held.post.startswith(place) else f"{place} {held.post}".strip()
    return Load(held.user, post, desk)


def steps_taken(watched: Iterable[Watched], today: date) -> QuerySet[TransitionRecord]:
    """Return the steps that staff took lately with records on their desks, each with since when it was there.

    `entered` is the moment at which the record came into the state that the step led out of.
    """
    steps = Q(pk__in=[])
    for one in watched:
        desk = [s.code for s in one.machine.table.states if STAFF_ROLES.intersection(s.holders)]
        here = Q(machine=one.code, from_state__in=desk)
        steps |= here & Q(record_id__in=one.records.values("pk"))
    earlier = TransitionRecord.objects.filter(
        machine=OuterRef("machine"),
        record_id=OuterRef("record_id"),
        sequence__lt=OuterRef("sequence"),
        to_state=OuterRef("from_state"),
    ).exclude(from_state=F("to_state"))
    lately = TransitionRecord.objects.filter(
        steps, at__gte=midnight(today - timedelta(days=LATELY))
    )
    entered = Subquery(earlier.order_by("-sequence").values("at")[:1])
    return lately.exclude(from_state=F("to_state")).annotate(entered=entered)


def handled_by(
    people: Iterable[int], watched: Iterable[Watched], today: date
) -> dict[int, list[int | None]]:
    """Return for each person the days that each of their steps took lately, None where unknown; one query."""
    found: dict[int, list[int | None]] = defaultdict(list)
    rows = steps_taken(watched, today).filter(by__in=list(people)).order_by()
    for person, at, entered in rows.values_list("by", "at", "entered"):
        found[person].append(days_between(entered, at))
    return found


def days_between(entered: datetime | None, at: datetime) -> int | None:
    """Return the whole days from entering a state to leaving it."""
    return None if entered is None else (at - entered).days
