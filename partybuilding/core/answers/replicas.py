"""Draw what everybody may read from a replica of the database, while that one is as new as the primary.

For the time of such a request the thread's connection called `default` is the replica's, so that whatever
is read, by a model, by raw SQL, from the memory of the connection, is read there (docs/adr/0057-replicas.md).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from partybuilding.conf import setting
from partybuilding.core.answers.versions import Versions, read_versions

T = TypeVar("T")
#: Seconds for which a database that did not answer is not asked again.
PAUSE_SECONDS = 5.0
_away: dict[str, float] = {}


class AskThePrimary(BaseException):
    """A replica could not do what a page wants: it writes, or the replica broke off.

    No fault of the page, so that nothing in it may catch, log or answer it.
    """


def replicas() -> list[str]:
    """Return the aliases of the replicas, another one first for each thread."""
    found = list(setting("REPLICAS"))
    first = get_ident() // 4096 % len(found) if found else 0
    return found[first:] + found[:first]


def is_away(alias: str) -> bool:
    """Tell whether a database did not answer a moment ago."""
    return time.monotonic() < _away.get(alias, 0.0)


def _note_away(alias: str) -> None:
    _away[alias] = time.monotonic() + PAUSE_SECONDS
    connections[alias].close()


def first_that_answers(look: Callable[[BaseDatabaseWrapper], T]) -> tuple[str, T] | None:
    """Return the alias of the first database that answers, the primary before the replicas, and what it says.

    Args:
        look: asks one question; whatever it raises, the next one is asked.
    """
    known = replicas()
    for alias in (DEFAULT_DB_ALIAS, *known):
        if known and is_away(alias):
            continue
        was_open = connections[alias].connection is not None
        for _attempt in range(1 + was_open):  # it may have been ended while nobody used it
            try:
                said = look(connections[alias])
            except Exception:  # the driver's own kinds too
                _note_away(alias)
            else:
                _away.pop(alias, None)
                return alias, said
    return None


def as_new_as(versions: Versions) -> str:
    """Return the alias of a replica that has every commit which these versions count; else the primary's.

    Each part is held against its own: with sums alone two commits could stand for each other.
    """
    for alias in replicas():
        if is_away(alias):
            continue
        try:
            if read_versions(connections[alias]) == versions:
                return alias
        except Exception:  # whichever the driver raises: it is away, and others are there
            _note_away(alias)
    return DEFAULT_DB_ALIAS


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Let the thread's default connection be that of a replica.

    Raises:
        AskThePrimary: the block wrote, or the replica broke off.
    """
    if alias == DEFAULT_DB_ALIAS:
        yield
        return
    primary, replica = connections[DEFAULT_DB_ALIAS], connections[alias]
    connections[DEFAULT_DB_ALIAS] = replica
    try:
        with replica.execute_wrapper(_break_off):
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def _break_off(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    try:
        return execute(sql, params, many, context)
    except Error as error:
        raise AskThePrimary from error
