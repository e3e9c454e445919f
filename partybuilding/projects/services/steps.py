"""Take one step with the reviewer's files: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.refusals import Refusal
from partybuilding.core.services import attach, move
from partybuilding.core.uploads import UploadRefused
from partybuilding.projects.models import Project


def take_step(
    project: Project,
    step: str,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    uploads: Iterable[Any] = (),
    seen: str = "",
) -> Project:
    """Take a step through the door with files that only the staff side sees.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            kept.extend(attach(project, file, by=by, purpose=Purpose.REVIEW) for file in uploads)
            return move(project, step, by=by, reason=reason, data=data, files=kept, seen=seen)
    except (Refusal, UploadRefused):
        for attachment in kept:
            attachment.file.delete(save=False)
        raise
