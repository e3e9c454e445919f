"""Everything open that has a day: the records of every machine, and what the rooms register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from partybuilding.core.access.paths import Place, paths_of_record, places_of
from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import (
    HORIZON,
    Deadline,
    Fault,
    deadlines_from,
    deadlines_on,
    make_each,
)
from partybuilding.core.machine.registry import Machine, all_machines
from partybuilding.core.registers.admin import register_for
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_holding

#: Have what is assigned to their group alone; their own room tells them.
TOLD_ELSEWHERE = frozenset({Role.EXPERT.value})
DEPARTMENT: Place = (Role.DEPARTMENT.value, None)


@dataclass(frozen=True)
class Held:
    """An open record with who has it, and who is told after them."""

    machine: Machine
    record: Any
    places: tuple[Place, ...]
    above: tuple[Place | None, Place | None]


def open_deadlines(today: date) -> list[Deadline | Fault]:
    """Return what is open and due up to `HORIZON` working days from a day, each item once, and the faults.

    The first that speaks of an item with a day counts.
    """
    found: dict[Any, Deadline | Fault] = {}
    for one in (*deadlines_from(record_deadlines, today), *deadlines_on(today)):
        found.setdefault(one if isinstance(one, Fault) else (one.item, one.due_on), one)
    return list(found.values())


def record_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Yield the records that somebody has and that are due; a query a machine, one for the people.

    Each stay in a state is an item of its own: what came back is reminded of anew.
    """
    last = add_working_days(today, HORIZON)
    machines = (machine for machine in all_machines() if not machine.is_private)
    rows = [one for machine in machines for one in _held(machine, last)]
    yield from (one for one in rows if isinstance(one, Fault))
    held = [one for one in rows if isinstance(one, Held)]
    places = {place for one in held for place in (*one.places, *filter(None, one.above))}
    yield from make_each(held, _name, partial(_deadline, people_holding(places)))


def _held(machine: Machine, last: date) -> Iterable[Held | Fault]:
    """Return the open records of a machine; when they cannot be read, the fault."""
    try:
        records = list(_open_records(machine, last))
    except Exception as error:  # one machine that fails silences no other
        return [Fault(machine.code, error)]
    return make_each(records, lambda one: f"{machine.code}:{one.pk}", partial(_held_by, machine))


def _held_by(machine: Machine, record: Any) -> Held:
    places = tuple(places_of(record))
    return Held(machine, record, places, _above(record, places))


def _name(one: Held) -> str:
    return f"{one.machine.code}:{one.record.pk}"


def _open_records(machine: Machine, last: date) -> QuerySet:
    table, where = machine.table, paths_of_record(machine.model)
    held = [state.code for state in table.states if state.holders]
    roles = {role for state in table.states for role in state.holders}
    paths = {where.place(role) for role in roles} | {where.unit}
    found = machine.model._base_manager.filter(state__in=held, due_on__lte=last)
    return found.select_related(*sorted(paths - {""})) if paths - {""} else found


def _above(record: Any, places: Iterable[Place]) -> tuple[Place | None, Place | None]:
    """Return who is told after the holders: the unit above applicants, the department above everybody else."""
    roles = {role for role, _place in places}
    unit = _end(record, paths_of_record(type(record)).unit) if Role.APPLICANT in roles else None
    return (
        (Role.UNIT.value, unit.pk) if unit is not None else None,
        None if Role.DEPARTMENT in roles else DEPARTMENT,
    )


def _end(record: Any, path: str) -> Any:
    for name in path.split("__") if path else ():
        record = getattr(record, name, None)
    return record if path else None


def _deadline(people: dict[Place, tuple[Any, ...]], held: Held) -> Deadline:
    machine, record = held.machine, held.record
    told = [place for place in held.places if place[0] not in TOLD_ELSEWHERE]
    holders = tuple(dict.fromkeys(one for place in told for one in people.get(place, ())))
    register = register_for(machine.model)
    staff = register.opened_at(record) if register else ""
    in_portal = any(role == Role.APPLICANT for role, _place in told)
    return Deadline(
        item=f"{machine.code}:{record.pk}:{record.version}",
        kind=capfirst(str(machine.model._meta.verbose_name)),
        title=f"{record}（{record.state_row.label}）",
        due_on=record.due_on,
        holders=holders,
        above=tuple(
            tuple(one for one in people.get(place, ()) if one not in holders) if place else ()
            for place in held.above
        ),
        url=portal_address(machine.code, record.pk) if in_portal else staff,
        url_above=staff,
    )


def portal_address(code: str, pk: int) -> str:
    """Return where applicants open a record: the portal's address of the machine's name, or its first screen."""
    try:
        return reverse(f"portal:{code}", args=[pk])
    except NoReverseMatch:
        return reverse("portal:home")
