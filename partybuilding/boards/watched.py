"""What the boards watch: the machines whose register a user may open, narrowed to a year and a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst

from partybuilding.core.access.paths import RecordPaths, paths_of_record, rows_where
from partybuilding.core.machine.registry import Machine, all_machines
from partybuilding.core.registers.admin import RegisterAdmin, register_for
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user


@dataclass(frozen=True)
class Narrowing:
    """What a board is narrowed to; empty parts narrow nothing."""

    cycle: Cycle | None = None
    unit: Organization | None = None

    @property
    def query(self) -> dict[str, int]:
        """The parameters of a register that is narrowed likewise."""
        parts = {"cycle": self.cycle, "unit": self.unit}
        return {name: part.pk for name, part in parts.items() if part}


def narrowing_of(asked: QueryDict, user: AnyUser) -> Narrowing:
    """Read what an address narrows a board to; what the user may not see, and nonsense, is ignored."""

    def found(name: str, choices: QuerySet) -> Any:
        text = asked.get(name, "")
        return choices.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None

    return Narrowing(
        found("cycle", Cycle.objects.visible_to(user)), found("unit", units_to_choose(user))
    )


def units_to_choose(user: AnyUser) -> QuerySet[Organization]:
    """Return the reporting units that a user can narrow a board to: overseers all, a unit its own."""
    units, roles = Organization.objects.reporting_units(), roles_of_user(user)
    return units if roles.oversees else units.filter(pk__in=roles.ids(Role.UNIT))


@dataclass(frozen=True)
class Watched:
    """The records of one machine, as far as a user sees them, narrowed."""

    machine: Machine
    register: RegisterAdmin
    user: AnyUser
    narrowing: Narrowing

    @property
    def code(self) -> str:
        """The machine's name."""
        return self.machine.code

    @property
    def label(self) -> str:
        """What the records are called."""
        return capfirst(str(self.machine.model._meta.verbose_name))

    @property
    def where(self) -> RecordPaths:
        """Where the records stand."""
        return paths_of_record(self.machine.model)

    @cached_property
    def held(self) -> list[str]:
        """The states in which somebody has a record on the desk."""
        return [state.code for state in self.machine.table.states if state.holders]

    @property
    def roles(self) -> list[Role]:
        """The roles that have records of it."""
        held = (role for state in self.machine.table.states for role in state.holders)
        return list(dict.fromkeys(held))

    @property
    def records(self) -> QuerySet:
        """The records that the user sees, narrowed, in no order."""
        every: Any = self.machine.model._default_manager
        found = every.visible_to(self.user).order_by()
        for path, part in (
            (self.where.cycle, self.narrowing.cycle),
            (self.where.unit, self.narrowing.unit),
        ):
            if part is not None:
                found = rows_where(found, path, [part.pk]) if path else found.none()
        return found

    def url(self, **filters: Any) -> str:
        """Return the address of the register, narrowed to the same records and by these filters."""
        query = {name: value for name, value in filters.items() if value}
        return f"{self.register.url_helper.index_url}?{urlencode({**query, **self.narrowing.query}, doseq=True)}"


def watched_by(user: AnyUser, narrowing: Narrowing | None = None) -> list[Watched]:
    """Return what a user watches: records that belong to an organisation and stand in a register of theirs."""
    found = ((machine, register_for(machine.model)) for machine in all_machines())
    return [
        Watched(machine, register, user, narrowing or Narrowing())
        for machine, register in found
        if register is not None
        and paths_of_record(machine.model).organization
        and register.permission_helper.user_can_list(user)
    ]


def choices_of(watched: list[Watched]) -> Mapping[str, Watched]:
    """Return them by the name of the machine, projects first."""
    ordered = sorted(watched, key=lambda one: (one.code != "project", one.code))
    return {one.code: one for one in ordered}
