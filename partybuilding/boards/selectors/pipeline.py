"""The pipeline of one machine: how many records stand in each state, how late, for how long."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.utils import timezone

from partybuilding.boards.filters import waited_since
from partybuilding.boards.states import Waited
from partybuilding.boards.watched import Watched
from partybuilding.core.states import State


@dataclass(frozen=True)
class Station:
    """One state with its numbers; the days are None where nobody has what stands there.

    Args:
        state: the row of the machine's table.
        count: records in it.
        overdue: those that should have left it before today.
        median: days since it was entered, of the middle record.
        longest: days since it was entered, of the oldest one.
        spans: records by how long they have been in it.
    """

    state: State
    count: int
    overdue: int = 0
    median: float | None = None
    longest: int | None = None
    spans: tuple[tuple[Waited, int], ...] = ()


def pipeline(watched: Watched, today: date) -> list[Station]:
    """Return the states of a machine in the order of its table, with their numbers; two queries."""
    records = watched.records
    counts = {row["state"]: row for row in _counted(records, today)}
    medians = _medians(records.filter(state__in=watched.held), today)
    return [
        _station(state, counts.get(state.code), medians.get(state.code), today)
        for state in watched.machine.table.states
    ]


def _counted(records: QuerySet, today: date) -> QuerySet:
    spans = {span.value: Count("pk", filter=Q(**waited_since(span, today))) for span in Waited}
    late = Count("pk", filter=Q(due_on__lt=today))
    counted = records.values("state")
    return counted.annotate(n=Count("pk"), late=late, oldest=Min("state_since"), **spans)


def _medians(records: QuerySet, today: date) -> dict[str, float]:
    """Find the middle record of each state, or the two in the middle, by numbering them in the database."""
    whole = IntegerField()
    numbered = records.annotate(
        place=Window(RowNumber(), partition_by="state", order_by="state_since"),
        among=Window(Count("pk"), partition_by="state"),
    )
    middle = numbered.annotate(
        low=Cast((F("among") + Value(1)) / Value(2), whole),
        high=Cast((F("among") + Value(2)) / Value(2), whole),
    ).filter(Q(place=F("low")) | Q(place=F("high")))
    found: dict[str, list[int]] = defaultdict(list)
    for state, since in middle.values_list("state", "state_since"):
        found[state].append(_days(since, today))
    return {state: sum(days) / len(days) for state, days in found.items()}


def _station(
    state: State, row: dict[str, Any] | None, median: float | None, today: date
) -> Station:
    if row is None:
        return Station(state, 0)
    if not state.holders:
        return Station(state, row["n"])
    spans = tuple((span, row[span.value]) for span in Waited)
    return Station(state, row["n"], row["late"], median, _days(row["oldest"], today), spans)


def _days(since: datetime, today: date) -> int:
    return (today - timezone.localdate(since)).days
