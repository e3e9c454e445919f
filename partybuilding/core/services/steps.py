"""Take one step with the files of who takes it: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from partybuilding.core.models import Purpose
from partybuilding.core.services.attachments import all_or_nothing, enter_file
from partybuilding.core.services.door import move


def take_step(
    record: Any,
    step: str,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    uploads: Iterable[Any] = (),
    seen: str = "",
    purpose: str = Purpose.REVIEW,
) -> Any:
    """Take a step through the door with files; unless another purpose is named, for the staff side only.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    with all_or_nothing(uploads) as kept:
        for file in kept:
            enter_file(record, file, by=by, purpose=purpose)
        return move(record, step, by=by, reason=reason, data=data, files=kept, seen=seen)
