"""Who has what is overdue: counted by holder over every machine, and the oldest of it by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q

from partybuilding.boards.watched import Watched
from partybuilding.core.access.paths import Place, places_of
from partybuilding.core.desk.figures import how_many
from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from partybuilding.organizations.selectors import people_by_place

#: The most holders that are listed by name.
HOLDERS = 30
#: The most overdue records that are listed.
OLDEST = 20


@dataclass
class Holder:
    """The people of a role in one organisation, or all of a role, with what they have.

    Args:
        place: the role and the organisation.
        name: of the organisation; empty when it is all people of the role.
        people: their names.
        counts: for each machine how many records they have, and how many are overdue.
    """

    place: Place
    name: str = ""
    people: tuple[str, ...] = ()
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        """The role."""
        return Role(self.place[0])

    @property
    def code(self) -> str:
        """The holder as the registers' filter writes it."""
        role, organization = self.place
        return f"{role}:{organization}" if organization else role

    @property
    def open(self) -> int:
        """How many records they have, of all machines."""
        return sum(count for count, _late in self.counts.values())

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum(late for _count, late in self.counts.values())


def holders(watched: Iterable[Watched], today: date) -> list[Holder]:
    """Return everybody who has something, each with the numbers; a query a machine and role, two for names.

    What two roles have at the same time is counted with both.
    """
    found: dict[Place, Holder] = {}
    for one in watched:
        for place, count, late in _counted(one, today):
            found.setdefault(place, Holder(place)).counts[one.code] = (count, late)
    return _named(found)


def _counted(watched: Watched, today: date) -> Iterator[tuple[Place, int, int]]:
    late = Count("due_on", filter=Q(due_on__lt=today))
    for role in watched.roles:
        held = watched.records.filter(state__in=watched.machine.table.held_by(role))
        path = watched.where.place(role)
        if path:
            rows = held.filter(**{f"{path}__isnull": False}).values_list(path)
            rows = rows.annotate(n=Count("*"), late=late)
            yield from (((role.value, place), n, n_late) for place, n, n_late in rows)
        else:
            whole = how_many(held, today)
            if whole["n"]:
                yield (role.value, None), whole["n"], whole["late"]


def _named(found: dict[Place, Holder]) -> list[Holder]:
    ids = [organization for _role, organization in found if organization]
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    for (_role, organization), holder in found.items():
        holder.name = names.get(organization or 0, "")
    return list(found.values())


def with_people(listed: list[Holder]) -> list[Holder]:
    """Add the names of the people to some holders; one query."""
    people = people_by_place(holder.place for holder in listed)
    for holder in listed:
        holder.people = people.get(holder.place, ())
    return listed


def late_holders(found: Iterable[Holder]) -> list[Holder]:
    """Return those who have something overdue, the most first."""
    late = [holder for holder in found if holder.overdue]
    return sorted(late, key=lambda one: (-one.overdue, one.place[0], one.name))


@dataclass(frozen=True)
class Waiting:
    """One overdue record with who has it."""

    watched: Watched
    record: Any
    holders: tuple[Holder, ...]

    @property
    def url(self) -> str:
        """Where it is opened."""
        return self.watched.register.opened_at(self.record)


def oldest(watched: Iterable[Watched], today: date, most: int = OLDEST) -> list[Waiting]:
    """Return what is overdue longest over all machines, with holders; a query a machine, two for names."""
    rows = [(one, record) for one in watched for record in _late(one, today, most)]
    rows.sort(key=lambda row: (row[1].due_on, row[1].state_since))
    rows = rows[:most]
    found: dict[Place, Holder] = {}
    for _one, record in rows:
        for place in places_of(record):
            found.setdefault(place, Holder(place))
    with_people(_named(found))
    return [
        Waiting(one, record, tuple(found[place] for place in places_of(record)))
        for one, record in rows
    ]


def _late(watched: Watched, today: date, most: int) -> Iterable[Any]:
    late = watched.records.filter(due_on__lt=today, state__in=watched.held)
    paths = {watched.where.place(role) for role in watched.roles} - {""}
    with_places = late.select_related(*sorted(paths)) if paths else late
    return with_places.order_by("due_on", "pk")[:most]
