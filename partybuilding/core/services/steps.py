"""Take one step with the files of who takes it: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.refusals import Refusal
from partybuilding.core.services.attachments import attach
from partybuilding.core.services.door import move
from partybuilding.core.uploads import UploadRefused


def take_step(
    record: Any,
    step: str,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    uploads: Iterable[Any] = (),
    seen: str = "",
) -> Any:
    """Take a step through the door with files that only the staff side sees.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            kept.extend(attach(record, file, by=by, purpose=Purpose.REVIEW) for file in uploads)
            return move(record, step, by=by, reason=reason, data=data, files=kept, seen=seen)
    except (Refusal, UploadRefused):
        for attachment in kept:
            attachment.file.delete(save=False)
        raise
