"""Who is told what after a step of what spreads, as rows of a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with

Audience = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True)
class Told:
    """One notice after a step.

    Args:
        people: who is told; called with the record.
        subject: its msgid, with the record as `%(name)s` or `%(title)s`.
        url: where it leads; called with the record.
        body: its msgid; the words of the step when there is none.
    """

    people: Audience
    subject: str
    url: Callable[[Any], str]
    body: str = ""


def all_with(*roles: Role) -> Audience:
    """Return the audience of everybody who holds one of these roles."""
    return lambda record: [one for role in roles for one in people_with(role)]


def notices_from(
    table: Mapping[str, tuple[Told, ...]],
) -> Callable[[Any, Attempt], Iterator[NoticeDraft]]:
    """Return the function that writes the notices of a step from its rows."""

    def notices_for(record: Any, attempt: Attempt) -> Iterator[NoticeDraft]:
        for row in table[attempt.step]:
            body = _(row.body) if row.body else attempt.reason
            subject = _(row.subject) % {"name": record, "title": record}
            yield NoticeDraft(row.people(record), subject, body, row.url(record))

    return notices_for
