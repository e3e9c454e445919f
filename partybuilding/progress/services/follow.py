"""Note in the project's own trail what became of its promises: changed, or a completion taken back."""

from typing import Any

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.services import note


def note_change(*, record: Any, attempt: Attempt, **kwargs: Any) -> None:
    """Note an approved change; with it the search learns what the promise reads now."""
    if attempt.step == "approve":
        facts = {"what": str(record), "from": str(record.old), "to": str(record.new)}
        note(record.project, "change", by=attempt.by, reason=record.reason, data=facts)


def note_taken_back(*, record: Any, attempt: Attempt, **kwargs: Any) -> None:
    """Note that the completion of a step was taken back, with the reason."""
    if attempt.step == "uphold":
        facts = {"step": record.step_id, "title": record.step.title}
        note(record.project, "taken_back", by=attempt.by, reason=attempt.reason, data=facts)
