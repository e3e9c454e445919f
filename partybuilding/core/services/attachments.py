"""Take files in: checked by content, cleaned, written before the row that names them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.services.trail import note
from partybuilding.core.uploads import ALL_KINDS, Kind, admit_upload


def attach(
    record: Any,
    file: Any,
    *,
    by: Any,
    purpose: str = Purpose.APPLICATION,
    kinds: frozenset[Kind] = ALL_KINDS,
) -> Attachment:
    """Add a file to a record.

    Args:
        kinds: the kinds that are accepted here.

    Raises:
        UploadRefused: the file is not what it claims, too large or dangerous.
    """
    checked, content = admit_upload(file, kinds=kinds)
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        purpose=purpose,
        name=checked.name,
        kind=checked.kind.value,
        mime=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_by=by,
    )
    attachment.file.save(checked.name, content, save=False)
    with transaction.atomic():
        attachment.save()
        note(record, "attach", by=by, files=[attachment])
    return attachment


def detach(attachment: Attachment, *, by: Any) -> None:
    """Remove a file from a record; the trail keeps its name and digest."""
    with transaction.atomic():
        note(attachment.record, "detach", by=by, files=[attachment])
        attachment.delete()
        transaction.on_commit(lambda: attachment.file.delete(save=False))
