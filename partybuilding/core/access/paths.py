"""Where a record's project, organisation, reporting unit and programme year stand, as paths of a query.

Boards and reminders group records of every machine by these paths. They are derived from the names
of the model's keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from partybuilding.core.states import Role
from partybuilding.core.types import Rows

#: A role with the organisation whose people have something; None for all people of the role.
Place = tuple[str, int | None]
#: How many keys the way to the project may have.
DEPTH = 3
#: Keys that lead towards the project, the nearest first.
LINKS = ("project", "projects", "commitment", "step", "activity", "visit")


@dataclass(frozen=True)
class RecordPaths:
    """The paths from a record; an empty one leads nowhere.

    Args:
        organization: the organisation that carries the matter out.
        cycle: the programme year.
        project: the project; "pk" when the record is one.
        unit: the reporting unit; the one above the organisation when not given.
    """

    organization: str = ""
    cycle: str = ""
    project: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if self.organization and not self.unit:
            object.__setattr__(self, "unit", f"{self.organization}__unit")

    def place(self, role: str) -> str:
        """Return the path to the organisation whose people of this role have it; empty for all of them."""
        own = {Role.APPLICANT: self.organization, Role.UNIT: self.unit}
        return own.get(Role(role), "")


def paths_of_record(model: type[Model]) -> RecordPaths:
    """Return where a model's records stand, by the names of its keys."""
    return _derived(model, DEPTH)


def _derived(model: type[Model], depth: int) -> RecordPaths:
    keys: dict[str, Any] = {
        one.name: one for one in model._meta.get_fields() if one.is_relation and one.concrete
    }
    found = RecordPaths(
        organization="organization" if "organization" in keys else "",
        cycle="cycle" if "cycle" in keys else "",
        project="pk" if {"organization", "cycle"} <= keys.keys() else "",
    )
    for link in LINKS if depth else ():
        if link in keys and not (found.organization and found.cycle and found.project):
            found = _filled(found, link, _derived(keys[link].related_model, depth - 1))
    return found


def _filled(found: RecordPaths, link: str, beyond: RecordPaths) -> RecordPaths:
    """Add what is reached through a key; what is nearer stays."""
    return replace(
        found,
        organization=found.organization or _through(link, beyond.organization),
        unit=found.unit or _through(link, beyond.unit),
        cycle=found.cycle or _through(link, beyond.cycle),
        project=found.project
        or (link if beyond.project == "pk" else _through(link, beyond.project)),
    )


def _through(link: str, path: str) -> str:
    return f"{link}__{path}" if path else ""


def places_of(record: Any) -> list[Place]:
    """Return who has a record now: each role with the organisation whose people of the role have it.

    Who has it only in an organisation, and there is none, has nothing: without a unit no reviewer.
    """
    where = paths_of_record(type(record))
    found = ((role, record.place_of(role)) for role in record.state_row.holders)
    return [
        (role.value, place.pk if place else None)
        for role, place in found
        if place or not where.place(role)
    ]


def is_many(model: type[Model], path: str) -> bool:
    """Tell whether a path may lead from one record to several rows."""
    for name in path.split("__"):
        key: Any = model._meta.get_field(name) if name != "pk" else model._meta.pk
        if key.many_to_many or key.one_to_many:
            return True
        model = key.related_model or model
    return False


def rows_where(records: Rows, path: str, values: Iterable[Any]) -> Rows:
    """Keep the records from which a path leads to one of some values, each record once."""
    condition = {f"{path}__in": list(values)}
    if not is_many(records.model, path):
        return records.filter(**condition)
    inside = records.model._base_manager.filter(**condition)
    return records.filter(pk__in=inside.values("pk"))


def end_of(model: type[Model], path: str) -> type[Model]:
    """Return the model to which a path leads."""
    for name in path.split("__"):
        beyond = model._meta.get_field(name).related_model
        assert beyond
        model = beyond
    return model
