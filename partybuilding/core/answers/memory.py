"""What every page shows, read once for a connection and again when something of it was written."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from partybuilding.core.answers.store import Versions, next_midnight
from partybuilding.core.answers.versions import (
    PAGES,
    has_moved,
    noting_reads,
    read_total,
    read_versions,
    watch_of,
)

T = TypeVar("T")


@dataclass(slots=True)
class Known:
    """A value with the versions of what it was read of, and the moment after which it is another day."""

    value: Any
    versions: Versions
    until: float
    #: The total at which it was last found to hold.
    total: int | None = None

    def holds(self, connection: BaseDatabaseWrapper) -> bool:
        """Tell whether it is the same day and nothing that it was read of has changed."""
        if time.time() >= self.until:
            return False
        if has_moved(connection, self.total):
            total, now = read_total(connection), read_versions(connection)
            if any(now.get(part) != version for part, version in self.versions.items()):
                return False
            self.total = total
        return True


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` finds, from memory while nothing that it was read of has changed.

    An answer that shows it depends on all that it was read of, as if it had been read now. It is kept
    for one connection, and neither kept nor looked up in a transaction, which may be rolled back.

    Args:
        key: what it is, with whatever it depends on beside the database and the day.
        read: returns plain values, nothing that fetches more of itself later.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block or not connection.get_autocommit():
        return read()
    connection.ensure_connection()  # a new one has nothing in memory
    watch = watch_of(connection)
    if watch is None:
        return read()
    known = watch.memory.get(key)
    try:
        if known is not None and known.holds(connection):
            watch.note(known.versions)
            return known.value
    except connection.Database.Error:  # type: ignore[attr-defined]  # Django meets it too
        return read()
    versions, until = read_versions(connection), next_midnight()
    with noting_reads(connection) as parts:
        value = read()
    if None not in parts:
        seen = {part: versions.get(part) for part in {PAGES, *parts} if part is not None}
        watch.memory[key] = Known(value, seen, until)
    return value
