"""Take files in: checked and stored before the transaction that names them; remove those that no row names.

No database lock is held while a picture is decoded or a storage answers. What was stored and got no
row is removed; what a killed process or a lost connection leaves behind, `manage.py sweep_files` finds.
"""

import logging
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import Error as DatabaseTrouble
from django.db import transaction
from django.utils import timezone

from partybuilding.core.files.named import GRACE, files_of
from partybuilding.core.files.storage import private_storage
from partybuilding.core.files.uploads import ALL_KINDS, Kind, Reason, UploadRefused, admit_upload
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.models.attachment import random_name
from partybuilding.core.services.trail import note
from partybuilding.core.types import AnyUser

log = logging.getLogger(__name__)
Things = TypeVar("Things")


class Intake:
    """Files that are stored and wait for their rows: each attachment with every name stored for it."""

    def __init__(self) -> None:
        self.stored: list[tuple[Attachment, list[str]]] = []

    def take(self, file: Any, kinds: frozenset[Kind] = ALL_KINDS) -> Attachment:
        """Check a file, store it, and return its row, which is not written yet.

        Raises:
            UploadRefused: the file is not what it claims, too large or dangerous, or cannot be stored.
        """
        try:
            checked, content = admit_upload(file, kinds=kinds)
            attachment = Attachment(
                name=checked.name,
                kind=checked.kind.value,
                mime=checked.content_type,
                size=checked.size,
                sha256=checked.sha256,
            )
            names: list[str] = []
            self.stored.append((attachment, names))
            attachment.file = _keep(random_name(attachment, checked.name), content)
            names.append(attachment.file.name)
        except UploadRefused as refused:
            refused.file = file.name
            raise
        return attachment

    def beside(self, attachment: Attachment, filename: str, content: bytes) -> str:
        """Store something made from a file that was taken in, and return its name."""
        name = _keep(random_name(attachment, filename), ContentFile(content))
        next(names for taken, names in self.stored if taken is attachment).append(name)
        return name

    def discard(self, *, named_too: bool) -> None:
        """Remove what was stored; unless `named_too`, only what no row names."""
        for attachment, names in self.stored:
            for name in names if named_too or attachment.pk is None else ():
                try:
                    private_storage().delete(name)
                except OSError:
                    log.warning("a stored file without a row could not be removed: %s", name)


def _keep(name: str, content: ContentFile) -> str:
    try:
        return private_storage().save(name, content)
    except OSError as error:
        log.exception("a file could not be stored")
        raise UploadRefused(Reason.NOT_STORED) from error


@contextmanager
def stored_first(store: Callable[[Intake], Things]) -> Iterator[Things]:
    """Store files, then open the transaction that names them, and give what `store` returned.

    Open no transaction around it: its locks would be held while files are decoded and stored.

    Raises:
        UploadRefused: as `Intake.take`; nothing stays stored then.
    """
    intake = Intake()
    try:
        things = store(intake)
        with transaction.atomic():
            yield things
    except DatabaseTrouble:
        raise  # Whether the rows were written is not known: the sweep will see.
    except BaseException:
        intake.discard(named_too=True)
        raise
    intake.discard(named_too=False)


@contextmanager
def all_or_nothing(
    uploads: Iterable[Any] = (), kinds: frozenset[Kind] = ALL_KINDS
) -> Iterator[list[Attachment]]:
    """Store files, open a transaction and give their rows, to be written with `enter_file`.

    Raises:
        UploadRefused: as `Intake.take`; nothing stays stored then.
    """
    with stored_first(lambda intake: [intake.take(file, kinds) for file in uploads]) as files:
        yield files


def enter_file(
    row: Any,
    attachment: Attachment,
    *,
    by: AnyUser,
    purpose: str = Purpose.APPLICATION,
    noted: bool = True,
) -> Attachment:
    """Write the row of a file that was taken in.

    Args:
        noted: note it in the row's own trail; a row without one is named by its record's.
    """
    attachment.content_type = ContentType.objects.get_for_model(row)
    attachment.object_id = row.pk
    attachment.purpose = purpose
    assert by.is_authenticated
    attachment.uploaded_by = by
    with transaction.atomic():
        attachment.save()
        if noted:
            note(row, "attach", by=by, files=[attachment])
    return attachment


def attach(
    record: Any,
    file: Any,
    *,
    by: AnyUser,
    purpose: str = Purpose.APPLICATION,
    kinds: frozenset[Kind] = ALL_KINDS,
) -> Attachment:
    """Add one file to a record.

    Args:
        kinds: the kinds that are accepted here.

    Raises:
        UploadRefused: as `Intake.take`.
    """
    with all_or_nothing([file], kinds) as (taken,):
        return enter_file(record, taken, by=by, purpose=purpose)


def detach(attachment: Attachment, *, by: AnyUser) -> None:
    """Remove a file from a record; the trail keeps its name and digest."""
    with transaction.atomic():
        note(attachment.record, "detach", by=by, files=[attachment])
        attachment.delete()
        transaction.on_commit(lambda: attachment.file.delete(save=False))


def sweep_files(named: Callable[[], Container[str]]) -> list[str]:
    """Remove private files that are older than a day and that no row names; return their names.

    Args:
        named: gives the names of all files that rows name; asked after the files were listed, so
            that none is taken for forgotten whose row was written meanwhile.
    """
    storage, before = private_storage(), timezone.now() - GRACE
    old = [name for name in files_of(storage) if storage.get_modified_time(name) < before]
    known = named()
    forgotten = [name for name in old if name not in known]
    for name in forgotten:
        storage.delete(name)
    return forgotten
