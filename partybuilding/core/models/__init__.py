"""The kernel's tables."""

from partybuilding.core.models.attachment import Attachment, Purpose
from partybuilding.core.models.command import CommandRun
from partybuilding.core.models.listfile import ListFile, ListStatus
from partybuilding.core.models.notice import Delivery, DeliveryState, Notice
from partybuilding.core.models.record import Record, StateField, due_first
from partybuilding.core.models.trail import AppendOnlyError, TrailSeal, TransitionRecord
from partybuilding.core.models.version import ContentVersion
from partybuilding.core.models.word import Word

__all__ = [
    "AppendOnlyError",
    "Attachment",
    "CommandRun",
    "ContentVersion",
    "Delivery",
    "DeliveryState",
    "ListFile",
    "ListStatus",
    "Notice",
    "Purpose",
    "Record",
    "StateField",
    "TrailSeal",
    "TransitionRecord",
    "Word",
    "due_first",
]
