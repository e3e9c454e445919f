"""The version of each part of the content: raised with every commit that writes to it.

One watch on the connection sees every statement, whichever road it came by: `save()`, `update()`,
`bulk_create()`, a cascade, raw SQL. The counter is raised in the transaction of the write itself.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from partybuilding.core.answers.parts import growing_tables, part_of_table, private_columns

TABLE = "partybuilding_contentversion"
Versions = dict[str, int]

_WRITE = re.compile(r'(INSERT|UPDATE|DELETE|REPLACE)(?: OR \w+)?(?: INTO| FROM)? "?(\w+)"?')
_COLUMN = re.compile(r'"(\w+)" = ')
_WORD = re.compile(r"\w+")
#: What writes no row of ours.
_HARMLESS = {
    *("ANALYZE", "BEGIN", "CLOSE", "COMMIT", "DECLARE", "EXPLAIN", "FETCH", "LOCK", "PRAGMA"),
    *("RELEASE", "ROLLBACK", "SAVEPOINT", "SET", "SHOW", "VACUUM"),
}
_SCHEMA = {"ALTER", "CREATE", "DROP"}

_TOTAL = f"SELECT CAST(SUM(count) AS BIGINT) FROM {TABLE}"  # noqa: S608
_EACH = f"SELECT part, CAST(SUM(count) AS BIGINT) FROM {TABLE} GROUP BY part"  # noqa: S608
_RAISE = f"UPDATE {TABLE} SET count = count + 1 WHERE part = %s"  # noqa: S608
#: Of the counters of a part one that nobody holds.
_RAISE_FREE = f"""UPDATE {TABLE} SET count = count + 1 WHERE id = (
    SELECT id FROM {TABLE} WHERE part = %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)"""  # noqa: S608
_BEGIN = f"INSERT INTO {TABLE} (part, count) VALUES (%s, %s)"  # noqa: S608


def read_total(connection: BaseDatabaseWrapper) -> int | None:
    """Return a number that every commit to whatever part raises; the one question of a known answer.

    It is put to the driver itself (sqlite3, psycopg 3): Django's cursor takes longer than the database.

    Raises:
        Exception: the driver's own, when the database does not answer or has no such table yet.
    """
    connection.ensure_connection()
    return connection.connection.execute(_TOTAL).fetchone()[0]


def read_versions(connection: BaseDatabaseWrapper) -> Versions:
    """Return the version of each part that was ever written to."""
    with connection.cursor() as cursor:
        cursor.execute(_EACH)
        return dict(cursor.fetchall())


class Watch:
    """Sees every statement of one connection: raises what is written, notes what is read."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        #: The names of the parts that were read; None stands for a private table.
        self.read: set[str | None] | None = None
        self._raised: set[str] = set()
        #: Django puts another list here at each commit and each rollback, of a savepoint too.
        self._since: Any = None
        self._is_ready = False

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a statement."""
        text = sql if isinstance(sql, str) else str(sql)
        if text.startswith("SELECT"):
            self._note(text)
            return execute(sql, params, many, context)
        parts = self._parts_written(text)
        if not parts or not self._has_table():
            return execute(sql, params, many, context)
        connection = self._connection
        if connection.in_atomic_block or not connection.get_autocommit():
            self._raise(parts)
            return execute(sql, params, many, context)
        if connection.vendor == "sqlite":
            # It commits once its rows are fetched (INSERT … RETURNING), and what is raised with it.
            result = execute(sql, params, many, context)
            self._raise(parts)
            return result
        with transaction.atomic(using=connection.alias):
            self._raise(parts)
            return execute(sql, params, many, context)

    def _note(self, sql: str) -> None:
        if self.read is not None:
            known = part_of_table()
            self.read |= {known[word] for word in set(_WORD.findall(sql)) & known.keys()}

    def _parts_written(self, sql: str) -> set[str]:
        found = _WRITE.match(sql)
        if found is not None:
            part = part_of_table().get(found[2])
            return set() if part is None or _is_private(found[1], found[2], sql) else {part}
        words = _WORD.findall(sql)
        verb = words[0].upper() if words else ""
        if verb in _SCHEMA:
            self._is_ready = False
        if not words or verb in _HARMLESS | _SCHEMA:
            return set()
        self._note(sql)
        known = part_of_table()
        return {part for word in words if (part := known.get(word)) is not None}

    def _has_table(self) -> bool:
        """Tell whether there are counters already; migrations write before there are any."""
        if not self._is_ready:
            self._is_ready = TABLE in self._connection.introspection.table_names()
        return self._is_ready

    def _raise(self, parts: set[str]) -> None:
        """Raise the parts, each once in a transaction; what was rolled back counts no more."""
        connection = self._connection
        if self._since is not connection.run_on_commit or not connection.in_atomic_block:
            self._since, self._raised = connection.run_on_commit, set()
        skips = connection.vendor == "postgresql"
        for part in sorted(parts - self._raised):
            with connection.cursor() as cursor:
                cursor.execute(_RAISE_FREE if skips else _RAISE, [part])
                if cursor.rowcount == 0:
                    # By chance: a database that was emptied does not repeat what it had.
                    cursor.execute(_BEGIN, [part, secrets.randbits(40)])
            self._raised.add(part)


def _is_private(verb: str, table: str, sql: str) -> bool:
    """Tell whether a write to a public table changes nothing that a reader sees."""
    if verb == "INSERT":
        return table in growing_tables()
    hidden = private_columns().get(table) if verb == "UPDATE" else None
    if not hidden:
        return False
    columns = set(_COLUMN.findall(sql.rpartition(" WHERE ")[0]))
    return bool(columns) and columns <= hidden


def watch_of(connection: BaseDatabaseWrapper) -> Watch | None:
    """Return the watch on a connection."""
    found = (one for one in connection.execute_wrappers if isinstance(one, Watch))
    return next(found, None)


@contextmanager
def noting_reads(connection: BaseDatabaseWrapper) -> Iterator[set[str | None]]:
    """Note the parts that are read in the block; None stands for what no answer is kept of."""
    watch = watch_of(connection)
    read: set[str | None] = set()
    if watch is None:
        read.add(None)
        yield read
        return
    watch.read = read
    try:
        yield read
    finally:
        watch.read = None


def install(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Put a watch on a connection; first of all, because Django takes off the last one."""
    if connection.alias == DEFAULT_DB_ALIAS and watch_of(connection) is None:
        connection.execute_wrappers.insert(0, Watch(connection))


def watch_connections() -> None:
    """Watch every connection to the database, now and later."""
    connection_created.connect(install, dispatch_uid="partybuilding.answers")
    for connection in connections.all(initialized_only=True):
        install(connection)
