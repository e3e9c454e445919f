"""The version of each part of the content: raised with every commit that writes to it.

One watch on the connection sees every statement, whichever road it came by: `save()`, `update()`,
`bulk_create()`, a cascade, raw SQL. The counter is raised in the transaction of the write itself.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model
from wagtail.models import Page

from partybuilding.conf import setting

#: Pages, pictures, settings, what leads where, and every table that nothing else is said of.
PAGES = "pages"
#: The records of the plugin's rooms.
RECORDS = "records"
#: What is written of them all day long before anything of it is published.
WORK = "work"
#: What residents send.
OPINIONS = "opinions"
#: The index of the search, which is written for every draft of a page.
SEARCH = "search"
PARTS = (PAGES, RECORDS, WORK, OPINIONS, SEARCH)

_WORK = {
    *("assessment", "attachment", "decisionsession", "expertassignment", "expertgroup"),
    *("expertgroup_members", "membership", "numberseries", "person", "planstep"),
    *("absence", "conflict", "dailyrating", "disagreement", "project_reviewers", "rating"),
    *("recusalstatement", "scoresheet", "sessionitem", "transitionrecord"),
}
_OPINIONS = {"appraisalsheet", "opinion"}
_SEARCH_APPS = {"modelsearch", "search", "wagtailsearch"}
#: Applications whose tables are never read for residents.
_PRIVATE_APPS = {
    *(
        "axes",
        "django_tasks_database",
        "otp_static",
        "otp_totp",
        "sessions",
        "wagtailadmin",
        "wagtailusers",
    ),
}
_PRIVATE = {
    "partybuilding": {
        *("commandrun", "contentversion", "datarelease", "delivery", "draft", "firstpassword"),
        *("following", "listfile", "notice", "recipient", "reminder", "reminderrun"),
        *("sheetcorrection", "sheetdraft", "sheetversion", "tally", "text", "trailseal"),
    },
    "auth": {"group_permissions", "permission", "user_groups", "user_user_permissions"},
    "search": {"unanswered"},
    "wagtailcore": {
        *("comment", "commentreply", "groupapprovaltask", "groupapprovaltask_groups"),
        *("groupcollectionpermission", "grouppagepermission", "groupsitepermission"),
        *("modellogentry", "pagelogentry", "pagesubscription", "revision"),
        *("task", "taskstate", "uploadedfile", "workflow", "workflowcontenttype"),
        *("workflowpage", "workflowstate", "workflowtask"),
    },
}
#: Columns that are written while somebody signs in, a book is built, a draft is saved, a page locked.
_PRIVATE_COLUMNS = {
    "wagtailcore.page": {
        *("draft_title", "has_unpublished_changes", "latest_revision_created_at"),
        *("latest_revision_id", "locked", "locked_at", "locked_by_id"),
    },
    "partybuilding.edition": {"done", "heard_at", "stage", "total"},
    "partybuilding.project": {
        *("answers", "contact_name", "contact_phone", "distinctiveness", "highlights", "overview"),
        *("problem", "results_version_id", "sheet_version_id", "updated_at"),
    },
}
#: Tables whose rows are added while a page is drawn: a new one changes nothing that anybody has read.
_GROWING = {"wagtailimages.rendition"}


def part_of(model: type[Model]) -> str | None:
    """Return the part that the rows of a model belong to; None when no reader sees them."""
    app, name = model._meta.app_label, model._meta.model_name or ""
    if app in _PRIVATE_APPS or name in _PRIVATE.get(app, ()):
        return None
    if app != "partybuilding" or name == "word" or issubclass(model, Page):
        if app in _SEARCH_APPS:
            return SEARCH
        return RECORDS if model._meta.label == settings.AUTH_USER_MODEL else PAGES
    if name in _OPINIONS:
        return OPINIONS
    return WORK if name in _WORK else RECORDS


@cache
def part_of_table() -> dict[str, str | None]:
    """Return the part of every table."""
    return {
        model._meta.db_table: part_of(model) for model in apps.get_models(include_auto_created=True)
    }


@cache
def private_columns() -> dict[str, set[str]]:
    """Return by table the columns that no reader sees."""
    found = {
        apps.get_model(label)._meta.db_table: names for label, names in _PRIVATE_COLUMNS.items()
    }
    user = apps.get_model(settings.AUTH_USER_MODEL)._meta.db_table
    return {**found, user: {"last_login", "password"}}


@cache
def growing_tables() -> set[str]:
    """Return the tables whose new rows change nothing that was read before."""
    return {apps.get_model(label)._meta.db_table for label in _GROWING}


TABLE = "partybuilding_contentversion"
Versions = dict[str, int]

_WRITE = re.compile(r'(INSERT|UPDATE|DELETE|REPLACE)(?: OR \w+)?(?: INTO| FROM)? "?(\w+)"?')
#: What reads, however it is laid out; with what it names beforehand (`WITH`), when nothing of that is written.
_READ = re.compile(r"\s*(?:SELECT\b|WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE|MERGE)\b))", re.DOTALL)
_COLUMN = re.compile(r'"(\w+)" = ')
_WORD = re.compile(r"\w+")
#: What writes no row of ours.
_HARMLESS = {
    *("ANALYZE", "BEGIN", "CLOSE", "COMMIT", "DECLARE", "EXPLAIN", "FETCH", "LOCK", "PRAGMA"),
    *("RELEASE", "ROLLBACK", "SAVEPOINT", "SET", "SHOW", "VACUUM"),
}
_SCHEMA = {"ALTER", "CREATE", "DROP"}

_TOTAL = f"SELECT CAST(SUM(count) AS BIGINT) FROM {TABLE}"  # noqa: S608
_OTHER = f"SELECT 1 FROM (SELECT SUM(count) AS total FROM {TABLE}) AS now WHERE COALESCE(total, -1) <> {{}}"  # noqa: S608
_EACH = f"SELECT part, CAST(SUM(count) AS BIGINT) FROM {TABLE} GROUP BY part"  # noqa: S608
_RAISE = f"UPDATE {TABLE} SET count = count + 1 WHERE part = %s"  # noqa: S608
#: Of the counters of a part one that nobody holds.
_RAISE_FREE = f"""UPDATE {TABLE} SET count = count + 1 WHERE id = (
    SELECT id FROM {TABLE} WHERE part = %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)"""  # noqa: S608
_BEGIN = f"INSERT INTO {TABLE} (part, count) VALUES (%s, %s)"  # noqa: S608


def has_moved(connection: BaseDatabaseWrapper, total: int | None) -> bool:
    """Tell whether anything was committed since a total was read; the one question of a known answer.

    It is put to the driver itself (sqlite3, psycopg 3), since Django's cursor takes longer than the database,
    and has no rows for an answer while nothing has changed: threads that serve readers wait for each row.

    Raises:
        Exception: the driver's own, when the database does not answer or has no such table yet.
    """
    if total is None:
        return True
    connection.ensure_connection()
    return connection.connection.execute(_OTHER.format(total)).fetchone() is not None


def read_total(connection: BaseDatabaseWrapper) -> int | None:
    """Return a number that every commit to whatever part raises; None when nothing was ever written.

    Raises:
        Exception: as of `has_moved`.
    """
    connection.ensure_connection()
    return connection.connection.execute(_TOTAL).fetchone()[0]


def read_versions(connection: BaseDatabaseWrapper) -> Versions:
    """Return the version of each part that was ever written to; past the watch, since no page shows them."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return dict(connection.connection.execute(_EACH).fetchall())


class Watch:
    """Sees every statement of one connection: raises what is written, notes what is read."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        #: The names of the parts that were read; None stands for a private table.
        self.read: set[str | None] | None = None
        #: What is kept as long as the connection (`memory.py`).
        self.memory: dict[Any, Any] = {}
        self._raised: set[str] = set()
        #: Django puts another list here at each commit and each rollback, of a savepoint too.
        self._since: Any = None
        self._is_ready = False

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a statement."""
        text = sql if isinstance(sql, str) else str(sql)
        if _READ.match(text):
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

    def note(self, parts: Iterable[str | None]) -> None:
        """Note parts that were read."""
        if self.read is not None:
            self.read.update(parts)

    def _note(self, sql: str) -> None:
        if self.read is not None:
            known = part_of_table()
            self.note(known[word] for word in set(_WORD.findall(sql)) & known.keys())

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
    around, watch.read = watch.read, read
    try:
        yield read
    finally:
        watch.read = around
        watch.note(read)


def install(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Put a watch on a connection; first of all, because Django takes off the last one.

    A connection that was opened again may lead to another database: what was kept for it is forgotten.
    """
    if connection.alias not in (DEFAULT_DB_ALIAS, *setting("REPLICAS")):
        return
    watch = watch_of(connection)
    if watch is None:
        connection.execute_wrappers.insert(0, Watch(connection))
    else:
        watch.memory.clear()


def watch_connections() -> None:
    """Watch every connection to the database, now and later."""
    connection_created.connect(install, dispatch_uid="partybuilding.answers")
    for connection in connections.all(initialized_only=True):
        install(connection)
