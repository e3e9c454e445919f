"""The kernel's tables."""

from partybuilding.core.models.attachment import Attachment, Purpose
from partybuilding.core.models.notice import Delivery, DeliveryState, Notice
from partybuilding.core.models.record import Record, StateField
from partybuilding.core.models.trail import AppendOnlyError, TrailSeal, TransitionRecord
from partybuilding.core.models.version import ContentVersion

__all__ = [
    "AppendOnlyError",
    "Attachment",
    "ContentVersion",
    "Delivery",
    "DeliveryState",
    "Notice",
    "Purpose",
    "Record",
    "StateField",
    "TrailSeal",
    "TransitionRecord",
]
