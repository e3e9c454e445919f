"""One try to take a step, who tried, and what is told afterwards: the values the door passes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core import rooms
from partybuilding.core.types import AnyUser


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
    by: AnyUser
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


def identify(user: AnyUser | None) -> Identity:
    """Return who this user is now; without one it is the public, of whom nobody asks a name."""
    return Identity(_("A resident")) if user is None else next(rooms.collect("identity"))(user)
