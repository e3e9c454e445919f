"""Report a finding rectified: words and evidence in one step through the door."""

from collections.abc import Iterable
from typing import Any

from partybuilding.core.models import Purpose
from partybuilding.core.services import take_step
from partybuilding.supervision.models import Rectification


def report_rectified(
    rectification: Rectification,
    report: str,
    *,
    by: Any,
    uploads: Iterable[Any] = (),
    seen: str = "",
) -> Rectification:
    """Say what was done, with pictures or files that the organisation and the staff see.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    return take_step(
        rectification,
        "report_done",
        by=by,
        reason=report,
        uploads=uploads,
        seen=seen,
        purpose=Purpose.APPLICATION,
    )
