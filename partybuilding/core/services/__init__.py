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
from partybuilding.core.services.commands import note_command
from partybuilding.core.services.door import move, take_step
from partybuilding.core.services.outbox import (
    deliver_mail,
    dismiss_mails,
    mark_all_read,
    mark_read,
    park_waiting,
    post_notices,
    send_again,
)
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
    "dismiss_mails",
    "enter_file",
    "mark_all_read",
    "mark_read",
    "move",
    "note",
    "note_command",
    "park_waiting",
    "post_notices",
    "recall_page",
    "rekey_trail",
    "seal_trail",
    "send_again",
    "stored_first",
    "sweep_files",
    "take_publication_step",
    "take_step",
    "withdraw_page",
]
