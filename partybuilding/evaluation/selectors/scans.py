"""The signed papers of score sheets: which there are, and who may open them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from partybuilding.core.models import Attachment
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import ScoreSheet


def scans_of(sheet: ScoreSheet) -> QuerySet[Attachment]:
    """Return the scans of a sheet, the oldest first."""
    kind = ContentType.objects.get_for_model(ScoreSheet)
    return Attachment.objects.filter(content_type=kind, object_id=sheet.pk)


def scan_lines(sheet: ScoreSheet) -> list[dict[str, Any]]:
    """Return the scans with whether each is of what was handed in last, or of an earlier version."""
    last = sheet.locked_at
    return [
        {"file": scan, "is_earlier": last is None or scan.uploaded_at < last}
        for scan in scans_of(sheet)
    ]


def user_can_open_scan(file: Attachment, user: AnyUser) -> bool:
    """Let in who sees the sheet: the department, and whose it is."""
    return ScoreSheet.objects.visible_to(user).filter(pk=file.object_id).exists()
