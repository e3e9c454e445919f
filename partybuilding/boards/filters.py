"""The filters that boards need of every register, so that each of their numbers opens its list."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.boards.states import Waited
from partybuilding.boards.watched import units_to_choose
from partybuilding.core.access.paths import end_of, paths_of_record, rows_where
from partybuilding.core.machine.registry import Machine, all_machines, machine_of
from partybuilding.core.registers.filters import DueFilter, OneOf, StateFilter
from partybuilding.core.states import Role
from partybuilding.core.types import Rows
from partybuilding.organizations.models import Organization
from partybuilding.projects.filters import UnitFilter, YearFilter


def board_filters(model: type[Model]) -> Mapping[str, Any]:
    """Return the filters of a machine's register: state, due, unit, year, holder, days waited."""
    if all(one.model is not model for one in all_machines()):
        return {}
    where = paths_of_record(model)
    found: dict[str, Any] = {
        "state": StateFilter(),
        "due": DueFilter(),
        "waited": OneOf(label=_("Days waited"), method=by_waited, choices=Waited.choices),
        "holder": HolderFilter(),
    }
    if where.unit:
        found["unit"] = UnitFilter(units_of)
    if where.cycle:
        found["cycle"] = YearFilter()
    return found


def units_of(request: Any) -> QuerySet[Organization]:
    """Return the reporting units that a user can narrow a list to."""
    return units_to_choose(request.user)


class HolderFilter(OneOf):
    """Who has it: the people of a role everywhere, "unit", or those of one organisation, "unit:12"."""

    def __init__(self) -> None:
        super().__init__(label=_("On whose desk"))

    @property
    def field(self) -> forms.Field:
        """Offer the roles, and the organisation that the address names."""
        if not hasattr(self, "_field"):
            machine = machine_of(self.model)
            choices = [(role.value, role.label) for role in roles_of(machine)]
            asked = self.parent.data.get("holder", "") if hasattr(self, "parent") else ""
            self.extra["choices"] = [*choices, *self._named(asked, dict(choices))]
            self._field = super().field
        return self._field

    def _named(self, asked: str, roles: Mapping[str, Any]) -> list[tuple[str, str]]:
        role, _colon, place = asked.partition(":")
        path = paths_of_record(self.model).place(role) if role in roles else ""
        if not (path and place.isdecimal()):
            return []
        found = end_of(self.model, path)._default_manager.filter(pk=place).first()
        return [(asked, f"{found}（{roles[role]}）")] if found else []

    def filter(self, queryset: Rows, value: str) -> Rows:
        """Keep what they have now."""
        if not value:
            return queryset
        role, _colon, place = value.partition(":")
        held = queryset.filter(state__in=machine_of(self.model).table.held_by(Role(role)))
        return (
            rows_where(held, paths_of_record(self.model).place(role), [int(place)])
            if place
            else held
        )


def roles_of(machine: Machine) -> list[Role]:
    """Return the roles that have some state of a machine on their desk, in the order of the table."""
    held = (role for state in machine.table.states for role in state.holders)
    return list(dict.fromkeys(held))


def by_waited(queryset: Rows, name: str, value: str) -> Rows:
    """Keep what has been in its state for a number of days."""
    return queryset.filter(**waited_since(value, timezone.localdate())) if value else queryset


def waited_since(code: str, today: date) -> dict[str, datetime]:
    """Return a span of days waited as a condition on the moment since when."""
    fewest, most = Waited(code).span
    found = {"state_since__lt": midnight(today - timedelta(days=fewest - 1))} if fewest else {}
    if most is not None:
        found["state_since__gte"] = midnight(today - timedelta(days=most))
    return found


def midnight(day: date) -> datetime:
    """Return the first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))
