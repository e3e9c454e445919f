"""Write the trail: rows, chained by keyed hash, the seals over their heads, and all of it anew by another key."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from partybuilding.core.machine.attempts import Identity, identify
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.models import Attachment, TrailSeal, TransitionRecord
from partybuilding.core.models.trail import current_key
from partybuilding.core.selectors import faults_of_trail
from partybuilding.core.text.characters import clean_text, every_text
from partybuilding.core.types import AnyUser

#: How many rows a change of the key writes at a time.
BATCH = 500


def batched(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Return the rows in lists of a size."""
    while batch := list(islice(rows, size)):
        yield batch


def file_facts(files: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Say of each file what the trail keeps: its row, name, size and digest."""
    return [
        {"id": file.pk, "name": file.name, "size": file.size, "sha256": file.sha256}
        for file in files
    ]


def append(
    record: Any,
    step: str,
    *,
    by: AnyUser | None,
    identity: Identity,
    from_state: str,
    at: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    files: Iterable[Attachment] = (),
    batch: UUID | None = None,
) -> TransitionRecord:
    """Add one row to a record's chain; the caller holds the record's lock."""
    machine = machine_of(record).code
    chain = TransitionRecord.objects.filter(machine=machine, record_id=record.pk)
    last = chain.order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous_hash = last or (0, "")
    assert by is None or by.is_authenticated
    row = TransitionRecord(
        machine=machine,
        record_id=record.pk,
        record_label=str(record)[:300],
        sequence=sequence + 1,
        step=step,
        from_state=from_state,
        to_state=record.state,
        at=at,
        by=by,
        by_name=identity.name,
        by_post=identity.post,
        by_organization=identity.organization,
        reason=clean_text(reason),
        data=every_text(dict(data or {}), clean_text),
        files=file_facts(files),
        batch=batch,
        previous_hash=previous_hash,
    )
    row.seal_with(current_key())
    row.save()
    return row


def note(
    record: Any,
    fact: str,
    *,
    by: AnyUser | None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    files: Iterable[Attachment] = (),
) -> TransitionRecord:
    """Note in the trail a fact that moves nothing, e.g. a recorded pre-assessment."""
    with transaction.atomic():
        locked = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
        return append(
            locked,
            fact,
            by=by,
            identity=identify(by),
            from_state=locked.state,
            at=timezone.now(),
            reason=reason,
            data=data,
            files=files,
        )


def seal_trail() -> TrailSeal | None:
    """Seal the heads of the chains that grew since they were sealed last; None when none did.

    Chains are compared, not row numbers: on PostgreSQL a row may be committed after one that has a
    higher number.
    """
    with transaction.atomic():
        _lock_seals()
        seals = TrailSeal.objects.order_by("number")
        before, sealed = None, {}
        for before in seals:
            sealed.update({(machine, pk): last for machine, pk, last, _ in before.heads})
        heads = [
            list(head) for head in _heads_of_chains() if head[2] != sealed.get((head[0], head[1]))
        ]
        if not heads:
            return None
        seal = TrailSeal(
            number=before.number + 1 if before else 1,
            heads=heads,
            last_row=TransitionRecord.objects.aggregate(last=Max("pk"))["last"],
            previous_hash=before.hash if before else "",
        )
        seal.seal_with(current_key())
        seal.save()
        return seal


def _lock_seals() -> None:
    """Let one seal at a time; a row's lock would not do, since the other one adds a row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TrailSeal._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _heads_of_chains() -> Iterable[tuple[str, int, int, str]]:
    """Return machine, record, sequence and hash of the last row of every chain."""
    later = TransitionRecord.objects.filter(
        machine=OuterRef("machine"),
        record_id=OuterRef("record_id"),
        sequence__gt=OuterRef("sequence"),
    )
    heads = TransitionRecord.objects.filter(~Exists(later)).order_by("machine", "record_id")
    return heads.values_list("machine", "record_id", "sequence", "hash").iterator()


def rekey_trail(against: str = "") -> TrailSeal | None:
    """Hash the whole trail anew by the current key, if it is whole by the old ones; returns the last seal.

    Args:
        against: the hash of a seal that was kept outside, which the trail must hold.

    Raises:
        ConditionUnmet: the trail has faults; nothing was written.
    """
    with transaction.atomic():
        faults = list(faults_of_trail(against=against, plain_is_fault=False))
        if faults:
            raise ConditionUnmet(faults)
        hashes: dict[tuple[str, int, int], str] = {}
        previous = TransitionRecord()
        rows = TransitionRecord.objects.order_by("machine", "record_id", "sequence")
        for batch in batched(rows.iterator(), BATCH):
            for row in batch:
                follows = (previous.machine, previous.record_id) == (row.machine, row.record_id)
                row.previous_hash = previous.hash if follows else ""
                row.seal_with(current_key())
                hashes[row.machine, row.record_id, row.sequence] = row.hash
                previous = row
            _rewrite(batch, "previous_hash")
        last = None
        for seal in TrailSeal.objects.order_by("number"):
            seal.heads = [[*place, hashes[tuple(place)]] for *place, _ in seal.heads]
            seal.previous_hash = last.hash if last else ""
            seal.seal_with(current_key())
            _rewrite([seal], "previous_hash", "heads")
            last = seal
        return last


def _rewrite(rows: list[Any], *fields: str) -> None:
    """Write over what else may only grow; only the change of the key does."""
    plain: models.QuerySet[Any] = models.QuerySet(type(rows[0]))
    plain.bulk_update(rows, ["key_id", "hash", *fields])
