"""Write the trail: rows, chained by hash, and the daily seal over their heads."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from partybuilding.core.attempts import Identity, identify
from partybuilding.core.characters import clean_text, every_text
from partybuilding.core.machines import machine_of
from partybuilding.core.models import Attachment, TrailSeal, TransitionRecord


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
    by: Any,
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
    last = chain.order_by("sequence").last()
    row = TransitionRecord(
        machine=machine,
        record_id=record.pk,
        record_label=str(record)[:300],
        sequence=last.sequence + 1 if last else 1,
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
        previous_hash=last.hash if last else "",
    )
    row.hash = row.computed_hash()
    row.save()
    return row


def note(
    record: Any,
    fact: str,
    *,
    by: Any,
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
    """Seal the heads of the chains that grew since the last seal; None when none did."""
    with transaction.atomic():
        before = TrailSeal.objects.select_for_update().order_by("number").last()
        seen = before.last_row if before else 0
        fresh = TransitionRecord.objects.filter(pk__gt=seen).order_by("pk")
        heads: dict[tuple[str, int], list[Any]] = {}
        last_row = seen
        for row in fresh.iterator():
            heads[row.machine, row.record_id] = [row.machine, row.record_id, row.sequence, row.hash]
            last_row = row.pk
        if not heads:
            return None
        seal = TrailSeal(
            number=before.number + 1 if before else 1,
            heads=list(heads.values()),
            last_row=last_row,
            previous_hash=before.hash if before else "",
        )
        seal.hash = seal.computed_hash()
        seal.save()
        return seal
