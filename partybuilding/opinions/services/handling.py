"""Handle many opinions at once, and forget how to reach the senders of those that are closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import move
from partybuilding.core.types import AnyUser
from partybuilding.opinions.models import Opinion


@dataclass(frozen=True)
class Outcome:
    """What became of one of many."""

    opinion: Opinion
    refused: str = ""

    @property
    def ok(self) -> bool:
        """Whether the step was taken."""
        return not self.refused


def refuse_many(
    opinions: Iterable[Opinion],
    *,
    by: AnyUser,
    refusal: str,
    reason: str,
    seen: Mapping[int, str] | None = None,
) -> list[Outcome]:
    """Refuse many opinions with the same words, each on its own, and report each one's result.

    Args:
        refusal: the class of reasons.
        seen: by key, the version in which the person saw it.
    """
    batch, outcomes = uuid4(), []
    for opinion in opinions:
        try:
            moved = move(
                opinion,
                "refuse",
                by=by,
                reason=reason,
                data={"refusal": refusal},
                batch=batch,
                seen=(seen or {}).get(opinion.pk, ""),
            )
        except Refusal as refused:
            outcomes.append(Outcome(opinion, str(refused)))
        else:
            outcomes.append(Outcome(moved))
    return outcomes


def clear_contacts(days: int) -> int:
    """Forget how to reach the senders of what was closed so many days ago; returns of how many."""
    until = timezone.localdate() - timedelta(days=days)
    due = Opinion.objects.filter(closed_on__lte=until).exclude(contact="")
    return due.update(contact="", contact_cleared_at=timezone.now())
