"""Take files in: checked by content, cleaned, written before the row that names them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.services.trail import note
from partybuilding.core.uploads import ALL_KINDS, Kind, UploadRefused, admit_upload


@contextmanager
def all_or_nothing() -> Iterator[list[Attachment]]:
    """Give a list for files; when the transaction fails, what was stored for them goes too."""
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            yield kept
    except Exception:
        for attachment in kept:
            attachment.file.delete(save=False)
        raise


def store(row: Any, file: Any, *, by: Any, purpose: str = Purpose.APPLICATION) -> Attachment:
    """Take in a file that belongs to a row without a trail of its own; its record's trail names it.

    Raises:
        UploadRefused: the file is not what it claims, too large or dangerous.
    """
    attachment = _taken_in(row, file, by, purpose, ALL_KINDS)
    attachment.save()
    return attachment


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
    attachment = _taken_in(record, file, by, purpose, kinds)
    with transaction.atomic():
        attachment.save()
        note(record, "attach", by=by, files=[attachment])
    return attachment


def _taken_in(record: Any, file: Any, by: Any, purpose: str, kinds: frozenset[Kind]) -> Attachment:
    try:
        checked, content = admit_upload(file, kinds=kinds)
    except UploadRefused as refused:
        refused.file = file.name
        raise
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
    return attachment


def detach(attachment: Attachment, *, by: Any) -> None:
    """Remove a file from a record; the trail keeps its name and digest."""
    with transaction.atomic():
        note(attachment.record, "detach", by=by, files=[attachment])
        attachment.delete()
        transaction.on_commit(lambda: attachment.file.delete(save=False))
