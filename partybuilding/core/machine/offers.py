"""What a user may do with a record now: the steps that are theirs, and what still stands in the way.

The door asks the same questions again when a step is taken; here they are only shown beforehand.
"""

from dataclasses import dataclass
from typing import Any

from partybuilding.core.rules import Sentence, asks_reason, together
from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser

#: Steps of these roles alone are taken elsewhere: in the portal, and by publishing a page.
ELSEWHERE = frozenset({Role.APPLICANT, Role.PUBLISHER})


@dataclass(frozen=True)
class Offer:
    """One step that is the user's to take; `blocked` says what has to be done first."""

    step: Step
    blocked: tuple[Sentence, ...] = ()


def offers(record: Any, user: AnyUser) -> list[Offer]:
    """Return the steps that this user may take from here on the staff side, in the table's order."""
    return [
        Offer(step, (*record.blocked_at_desk(step.code), *unmet(record, step.code)))
        for step in record.possible_steps
        if is_desk_step(step) and _transition(record, step.code).has_perm(record, user)
    ]


def offer_of(record: Any, user: AnyUser, code: str) -> Offer | None:
    """Return one offer by its step; None when it is not possible now or not the user's."""
    return next((offer for offer in offers(record, user) if offer.step.code == code), None)


def may_take(record: Any, user: AnyUser, code: str) -> bool:
    """Tell whether a step starts from where the record stands and is the user's, whatever it still lacks."""
    return record.has_step(code) and _transition(record, code).has_perm(record, user)


def is_desk_step(step: Step) -> bool:
    """Tell whether a step is taken on the staff screens."""
    return not ELSEWHERE.issuperset(step.roles())


def needs_words(record: Any, step: Step, *others: Any) -> bool:
    """Tell whether a step requires words: it asks for a reason, or one of these other askings."""
    transition = getattr(record, step.code)._django_fsm.get_transition(step.source_codes[0])
    return any(ask in (asks_reason, *others) for ask in transition.custom["asks"])


def unmet(record: Any, code: str) -> tuple[Sentence, ...]:
    """Return the conditions of a step that do not hold now, whomever it belongs to."""
    conditions = _transition(record, code).conditions
    return together(condition(record) for condition in conditions).reasons


def _transition(record: Any, code: str) -> Any:
    return getattr(record, code)._django_fsm.get_transition(record.state)
