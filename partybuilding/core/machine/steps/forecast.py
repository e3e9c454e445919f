"""What a step will do, shown before it is taken: where it leads, who has it then, who is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from partybuilding.core.machine.attempts import Attempt, identify
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.machine.wording import holder_words
from partybuilding.core.selectors import last_move
from partybuilding.core.services.door import due_date
from partybuilding.core.states import State, Step


@dataclass(frozen=True)
class Forecast:
    """Where a step leads to."""

    state: State | None
    holder: str
    due_on: date | None
    told: tuple[tuple[str, str], ...]


def forecast(record: Any, step: Step, user: Any) -> Forecast:
    """Return what would happen if this user took the step now."""
    last = last_move(record, record.state)
    target = step.target or (last.from_state if last else "")
    state = record.row_of(target) if target else None
    return Forecast(
        state,
        holder_words(record, state) if state else "",
        due_date(record, timezone.localdate(), state) if state else None,
        tuple(_told(record, step, user)),
    )


def _told(record: Any, step: Step, user: Any) -> Iterator[tuple[str, str]]:
    attempt = Attempt(
        step=step.code,
        by=user,
        identity=identify(user),
        at=timezone.now(),
        from_state=record.state,
    )
    for draft in machine_of(record).notices(record, attempt):
        names = "、".join(one.get_full_name() or one.get_username() for one in draft.recipients)
        if names:
            yield draft.subject, names
