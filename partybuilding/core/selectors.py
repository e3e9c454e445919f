"""Read the kernel's tables: a record's trail, and what is wrong with the trail as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Coalesce

from partybuilding.core.machine.registry import all_machines, machine_of
from partybuilding.core.models import (
    Attachment,
    Delivery,
    DeliveryState,
    Notice,
    TrailSeal,
    TransitionRecord,
)


def count_of(rows: models.QuerySet) -> Coalesce:
    """Count rows that lead to those of an outer query, 0 where there are none.

    A `Count` over a join would group the outer rows, all of them, whenever some of them are counted, sorted or shown.
    """
    every = rows.order_by().annotate(all=models.Value(1)).values("all")
    counted = models.Subquery(every.annotate(n=models.Count("pk")).values("n"))
    return Coalesce(counted, 0)


def trail_of(record: Any) -> models.QuerySet[TransitionRecord]:
    """Return the rows of one record, oldest first."""
    return TransitionRecord.objects.filter(
        machine=machine_of(record).code, record_id=record.pk
    ).order_by("sequence")


def last_entry(record: Any, step: str) -> TransitionRecord | None:
    """Return the newest row of one step of a record."""
    return trail_of(record).filter(step=step).last()


def last_move(record: Any, state: str) -> TransitionRecord | None:
    """Return the newest row that brought a record into a state."""
    rows = trail_of(record).filter(to_state=state)
    return rows.exclude(from_state=models.F("to_state")).last()


def hearers_of(entry: TransitionRecord) -> list[tuple[Any, str]]:
    """Return who was told of a step and is still active, each with the address that they were given."""
    told = Notice.objects.filter(key__startswith=f"trail:{entry.pk}:", recipient__is_active=True)
    return [(one.recipient, one.url) for one in told.select_related("recipient").order_by("pk")]


def parked_mails() -> models.QuerySet[Delivery]:
    """Return the mails that are not tried any more until a person has looked at them."""
    return Delivery.objects.filter(state=DeliveryState.PARKED)


def mails_in(state: str) -> int:
    """Count the mails that stand somewhere."""
    return Delivery.objects.filter(state=state).count()


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything as of one moment, without keeping a writer waiting.

    Inside a transaction of the caller's it is that transaction which decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def faults_of_trail(against: str = "", *, plain_is_fault: bool = True) -> Iterator[str]:
    """Name every row that was edited, removed or inserted, in one pass, chain after chain.

    Args:
        against: the hash of a seal that was kept outside the database; it must be among the seals.
        plain_is_fault: whether a row without a key is one: anybody can compute its hash.
    """
    previous: TransitionRecord | None = None
    heads: dict[tuple[str, int], TransitionRecord] = {}
    plain = 0
    for row in TransitionRecord.objects.order_by("machine", "record_id", "sequence").iterator():
        same = previous and (previous.machine, previous.record_id) == (row.machine, row.record_id)
        yield from _faults_of_row(row, previous if same else None)
        heads[row.machine, row.record_id] = previous = row
        plain += not row.key_id
    yield from _faults_of_records(heads)
    plain += TrailSeal.objects.filter(key_id="").count()
    if plain and plain_is_fault:
        yield f"{plain} rows and seals carry no key: old (then run rekey_trail once) or replaced"
    yield from _faults_of_seals()
    if against and not TrailSeal.objects.filter(hash=against).exists():
        yield f"seal {against}: kept outside, and not among the seals of the database"


def faults_of_attachments() -> Iterator[str]:
    """Name every attachment whose stored file is missing, empty, or not the one that was taken in."""
    for attachment in Attachment.objects.order_by("pk").iterator():
        if fault := _fault_of_file(attachment):
            yield f"attachment {attachment.pk} ({attachment.file.name}): {fault}"


def _fault_of_file(attachment: Attachment) -> str:
    try:
        with attachment.file.storage.open(attachment.file.name or "", "rb") as stored:
            digest = sha256()
            for chunk in stored.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return "its file is missing"
    if digest.hexdigest() == attachment.sha256:
        return ""
    return "its file is empty" if digest.digest() == sha256().digest() else "its file was changed"


def _name(row: TransitionRecord) -> str:
    return f"{row.machine} {row.record_id} #{row.sequence} (row {row.pk}, {row.step})"


def _faults_of_row(row: TransitionRecord, before: TransitionRecord | None) -> Iterator[str]:
    if row.hash != row.computed_hash():
        yield f"{_name(row)}: edited"
    expected = before.sequence + 1 if before else 1
    if row.sequence != expected:
        yield f"{row.machine} {row.record_id} #{expected}: removed before {_name(row)}"
    elif row.previous_hash != (before.hash if before else ""):
        yield f"{_name(row)}: does not follow the row before it (inserted or replaced)"


def _faults_of_records(heads: dict[tuple[str, int], TransitionRecord]) -> Iterator[str]:
    """Hold each record's state against where its trail says it is."""
    for machine in all_machines():
        initial = machine.table.states[0].code
        records = machine.model._base_manager.values_list("pk", "state")
        for pk, state in records.iterator():
            head = heads.get((machine.code, pk))
            if state != (head.to_state if head else initial):
                said = head.to_state if head else initial
                yield f"{machine.code} {pk}: is {state}, its trail says {said}"


def _faults_of_seals() -> Iterator[str]:
    previous = ""
    for number, seal in enumerate(TrailSeal.objects.order_by("number").iterator(), start=1):
        if seal.number != number or seal.previous_hash != previous:
            yield f"seal {number}: removed or replaced"
        if seal.hash != seal.computed_hash():
            yield f"seal {seal.number}: edited"
        for machine, record_id, sequence, digest in seal.heads:
            found = TransitionRecord.objects.filter(
                machine=machine, record_id=record_id, sequence=sequence
            ).values_list("hash", flat=True)
            if list(found) != [digest]:
                yield f"{machine} {record_id} #{sequence}: sealed by {seal.number}, now gone or changed"
        previous = seal.hash
