"""The machines of the house: which model runs on which table, and who hears of its steps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Model

from partybuilding.core import rooms
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.states import Table


def no_notices(record: Any, attempt: Any) -> Iterable[NoticeDraft]:
    """Tell nobody."""
    return ()


@dataclass(frozen=True)
class Machine:
    """One record type's machine.

    Args:
        code: the ASCII name in the trail, e.g. "project".
        model: the record's model; its `@transition` methods carry the names of the steps.
        table: its states and steps.
        notices: what is told to whom after a step, called inside the transaction.
        screen: the name of the address of a record's own staff screen.
        is_private: who acted on which record is nobody's business but that of those who see it: no
            register, history or reminder of other rooms tells of it.
    """

    code: str
    model: type[Model]
    table: Table
    notices: Callable[[Any, Any], Iterable[NoticeDraft]] = no_notices
    screen: str = ""
    is_private: bool = False


@lru_cache(maxsize=2)
def _by_model(joined: tuple[rooms.Room, ...]) -> dict[type[Model], Machine]:
    return {machine.model: machine for room in joined for machine in room.machines}


def machine_of(record: Model | type[Model]) -> Machine:
    """Return the machine of a record or model.

    Raises:
        LookupError: the model has no machine.
    """
    model = record if isinstance(record, type) else type(record)
    try:
        return _by_model(rooms.joined)[model]
    except KeyError:
        raise LookupError(f"{model.__name__} has no machine.") from None


@lru_cache(maxsize=2)
def _by_code(joined: tuple[rooms.Room, ...]) -> dict[str, Machine]:
    return {machine.code: machine for machine in _by_model(joined).values()}


def machine_named(code: str) -> Machine | None:
    """Return the machine of a code in the trail; None when it is no more."""
    return _by_code(rooms.joined).get(code)


def all_machines() -> list[Machine]:
    """Return every machine, by code."""
    return sorted(rooms.collect("machines"), key=lambda machine: machine.code)
