"""The machines of the house, one try to take a step, and the refusals that the door has a name for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from partybuilding.core import rooms
from partybuilding.core.rules import Sentence
from partybuilding.core.states import Table


@dataclass(frozen=True)
class Identity:
    """Who somebody was when they acted: kept with the trail, whatever becomes of the account."""

    name: str
    post: str = ""
    organization: str = ""


@dataclass(frozen=True)
class Attempt:
    """One try to take a step, with all that was given."""

    step: str
    by: Any
    identity: Identity
    at: datetime
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Any, ...] = ()
    from_state: str = ""
    came_from: str = ""
    to_state: str = ""


@dataclass(frozen=True)
class NoticeDraft:
    """What to tell whom; the outbox turns it into rows."""

    recipients: Iterable[Any]
    subject: str
    body: str
    url: str = ""


def identify(user: Any) -> Identity:
    """Return who this user is now; without one it is the public, of whom nobody asks a name."""
    return Identity(_("A resident")) if user is None else next(rooms.collect("identity"))(user)


class Refusal(Exception):
    """A step was refused; `sentences` are for the person who tried."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences = tuple(str(sentence) for sentence in sentences)
        super().__init__(" ".join(self.sentences))


class WrongState(Refusal):
    """The machine has no such step from the record's state."""


class ConditionUnmet(Refusal):
    """A condition does not hold yet."""


class NotYours(Refusal):
    """The step belongs to somebody else."""


class Overtaken(Refusal):
    """Somebody was faster: the record is no longer as the person saw it."""


class Frozen(Refusal):
    """What was to be changed may no longer be changed."""


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
    """

    code: str
    model: type[Model]
    table: Table
    notices: Callable[[Any, Any], Iterable[NoticeDraft]] = no_notices
    screen: str = ""


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


def all_machines() -> list[Machine]:
    """Return every machine, by code."""
    return sorted(rooms.collect("machines"), key=lambda machine: machine.code)
