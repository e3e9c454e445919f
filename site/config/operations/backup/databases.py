"""Copy the database as of one moment while the site writes, and put a copy back, whole or not at all."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config.operations.backup.sets import Unfit
from partybuilding.core.files.storage import sync

SQLITE_FILE, POSTGRESQL_FILE = "database.sqlite3", "database.dump"
_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


def file_name() -> str:
    """Return what the copy of this site's kind of database is called."""
    return POSTGRESQL_FILE if connection.vendor == "postgresql" else SQLITE_FILE


def dump(target: Path) -> None:
    """Copy what the transaction that is open now sees (`one_snapshot`)."""
    if connection.vendor == "postgresql":
        _dump_postgresql(target)
        return
    assert not connection.in_atomic_block, "SQLite waits for ever for a transaction that writes."
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, that needs no log beside it
        faults = copy.execute("PRAGMA integrity_check").fetchall()
    if faults != [("ok",)]:
        raise CommandError(_("The database is damaged: %(fault)s") % {"fault": faults[0][0]})


def _dump_postgresql(target: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run("pg_dump", *options, f"--file={target}")


def applied_migrations() -> dict[str, list[str]]:
    """Return by app the migrations that the database has."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def refuse_newer(migrations: dict[str, list[str]]) -> None:
    """Refuse a database that a newer version of the program has migrated.

    Raises:
        Unfit: it knows migrations that the code does not.
    """
    known = MigrationLoader(None).disk_migrations
    unknown = [
        f"{app} {name}"
        for app, names in migrations.items()
        for name in names
        if (app, name) not in known and app in MigrationLoader(None).migrated_apps
    ]
    if unknown:
        said = _("The backup is of a newer version of the program (%(names)s). Install it first.")
        raise Unfit([said % {"names": ", ".join(unknown[:3])}])


def is_empty() -> bool:
    """Tell whether the database that the settings name holds no table."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def put_back(source: Path) -> None:
    """Put a copy in the place of the database; until it is whole the old one stays.

    Raises:
        CommandError: somebody else has the database open, or it cannot be written.
    """
    if connection.vendor == "postgresql":
        _put_back_postgresql(source)
    else:
        _put_back_sqlite(source)


def _put_back_sqlite(source: Path) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    staged = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(source, staged)
    staged.chmod(0o600)
    sync(staged)
    try:
        with _sole_user(target):
            staged.replace(target)
            for ending in ("-wal", "-shm"):
                target.with_name(target.name + ending).unlink(missing_ok=True)
    finally:
        staged.unlink(missing_ok=True)
    sync(target.parent)


@contextmanager
def _sole_user(path: Path) -> Iterator[None]:
    """Make sure that nobody has the file open: only then can its log be put away."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as old:
        try:
            alone = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            alone = False
        except sqlite3.DatabaseError:
            alone = True  # damaged: it is what the backup is for
        if not alone:
            raise CommandError(_("The site still has the database open. Stop it first."))
        yield


def _put_back_postgresql(source: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        if cursor.fetchone()[0]:
            raise CommandError(_("The site still has the database open. Stop it first."))
    connections.close_all()
    options = ["--no-owner", "--no-privileges", "--file=-", str(source)]
    with subprocess.Popen(  # noqa: S603
        [_program("pg_restore"), *options], stdout=subprocess.PIPE
    ) as script:
        done, error = _play(script)
    if not done:
        raise CommandError(_said("psql", error))


def _play(script: "subprocess.Popen[bytes]") -> tuple[bool, str]:
    """Run a script in one transaction that is only committed when the script came to its end."""
    command = [_program("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=-"]
    assert script.stdout is not None
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=told, stderr=told, env=_environment()
        ) as player,
    ):
        assert player.stdin is not None
        try:
            player.stdin.write(b"BEGIN; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
            shutil.copyfileobj(script.stdout, player.stdin)
            is_whole = script.wait() == 0
            player.stdin.write(b"COMMIT;\n" if is_whole else b"ROLLBACK;\n")
            player.stdin.close()
        except BrokenPipeError:
            is_whole = False  # it stopped at an error, which it has said
        code = player.wait()
        told.seek(0)
        return is_whole and code == 0, told.read().decode(errors="replace")


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603
        [_program(program), *arguments], env=_environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise CommandError(_said(program, done.stderr))


def _said(program: str, error: str) -> str:
    return f"{program}: {(error.strip().splitlines() or ['?'])[0]}"


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        said = _("%(program)s is not installed; it comes with PostgreSQL's client.")
        raise CommandError(said % {"program": name})
    return path


def _environment() -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs find the site's database; no secret is an argument."""
    params: dict[str, Any] = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
    }
    known = {variable: str(params[name]) for name, variable in names.items() if params.get(name)}
    return {**os.environ, **known}
