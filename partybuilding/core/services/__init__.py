"""Everything the kernel writes: steps, notes, seals, notices and files."""

from partybuilding.core.services.attachments import (
    Intake,
    all_or_nothing,
    attach,
    detach,
    enter_file,
    stored_first,
    sweep_files,
)
from partybuilding.core.services.door import move, take_step
from partybuilding.core.services.outbox import deliver_mail, mark_all_read, mark_read, post_notices
from partybuilding.core.services.publication import (
    recall_page,
    take_publication_step,
    withdraw_page,
)
from partybuilding.core.services.trail import note, rekey_trail, seal_trail

__all__ = [
    "Intake",
    "all_or_nothing",
    "attach",
    "deliver_mail",
    "detach",
    "enter_file",
    "mark_all_read",
    "mark_read",
    "move",
    "note",
    "post_notices",
    "recall_page",
    "rekey_trail",
    "seal_trail",
    "stored_first",
    "sweep_files",
    "take_publication_step",
    "take_step",
    "withdraw_page",
]
