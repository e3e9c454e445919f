"""What each reviewer has to do and has done: open records, handled in the last days, median days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from partybuilding.boards.filters import midnight
from partybuilding.boards.selectors.holders import Holder, holders
from partybuilding.boards.watched import Watched
from partybuilding.core.models import TransitionRecord
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations.models import Membership
from partybuilding.organizations.permissions import roles_of_user

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

    user: User
    post: str
    holder: Holder
    handled: int = 0
    median: float | None = None
    days: list[int | None] = field(default_factory=list)


def loads(watched: list[Watched], user: AnyUser, today: date) -> list[Load]:
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


def _reviewers(watched: list[Watched], user: AnyUser) -> QuerySet[Membership]:
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
    for person, at, entered in rows.values_list("by", "at", "entered"):  # type: ignore[misc]
        found[person].append(days_between(entered, at))
    return found


def days_between(entered: datetime | None, at: datetime) -> int | None:
    """Return the whole days from entering a state to leaving it."""
    return None if entered is None else (at - entered).days
