"""Everything the kernel writes: steps, notes, seals, notices and files."""

from partybuilding.core.services.attachments import all_or_nothing, attach, detach, store
from partybuilding.core.services.door import move
from partybuilding.core.services.outbox import deliver_mail, mark_all_read, mark_read, post_notices
from partybuilding.core.services.publication import take_publication_step, withdraw_page
from partybuilding.core.services.recall import recall_page
from partybuilding.core.services.steps import take_step
from partybuilding.core.services.trail import note, seal_trail

__all__ = [
    "all_or_nothing",
    "attach",
    "deliver_mail",
    "detach",
    "mark_all_read",
    "mark_read",
    "move",
    "note",
    "post_notices",
    "recall_page",
    "seal_trail",
    "store",
    "take_publication_step",
    "take_step",
    "withdraw_page",
]
