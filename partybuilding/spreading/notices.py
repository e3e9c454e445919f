"""Who is told what after a step of what spreads, as rows of a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.organizations.selectors import people_with
from partybuilding.texts.messages import notice_draft

Audience = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True)
class Told:
    """One notice after a step.

    Args:
        people: who is told; called with the record.
        wording: its words.
        url: where it leads; called with the record.
    """

    people: Audience
    wording: Wording
    url: Callable[[Any], str]


def all_with(*roles: Role) -> Audience:
    """Return the audience of everybody who holds one of these roles."""
    return lambda record: [one for role in roles for one in people_with(role)]


def notices_from(
    table: Mapping[str, tuple[Told, ...]], said_of: Callable[[Any, str], Mapping[str, str]]
) -> Callable[[Any, Attempt], Iterator[NoticeDraft]]:
    """Return the function that writes the notices of a step from its rows.

    Args:
        said_of: returns what the placeholders stand for; called with record and reason.
    """

    def notices_for(record: Any, attempt: Attempt) -> Iterator[NoticeDraft]:
        for row in table[attempt.step]:
            said = said_of(record, attempt.reason)
            yield notice_draft(row.wording, row.people(record), said, row.url(record))

    return notices_for
