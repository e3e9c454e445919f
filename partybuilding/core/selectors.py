"""Read the kernel's tables: a record's trail, and what is wrong with the trail as a whole."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from partybuilding.core.machines import all_machines, machine_of
from partybuilding.core.models import Notice, TrailSeal, TransitionRecord


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


def faults_of_trail() -> Iterator[str]:
    """Name every row that was edited, removed or inserted, in one pass, chain after chain."""
    previous: TransitionRecord | None = None
    heads: dict[tuple[str, int], TransitionRecord] = {}
    for row in TransitionRecord.objects.order_by("machine", "record_id", "sequence").iterator():
        same = previous and (previous.machine, previous.record_id) == (row.machine, row.record_id)
        yield from _faults_of_row(row, previous if same else None)
        heads[row.machine, row.record_id] = previous = row
    yield from _faults_of_records(heads)
    yield from _faults_of_seals()


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
