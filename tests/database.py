"""The suite's databases: migrated and planted once, then copied for every worker and every reset.

A template is kept under var/ between runs (PostgreSQL: beside `test`), by the digest of what makes
it: first the migrations of every app, then all of our code, which plants. Whoever comes first
builds it, the others wait. A test that commits gives its copy back and gets a fresh one.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.test import TransactionTestCase

from tests.replay import STAGE, counted

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "templates"
#: Templates of older code; the newest few stay for branches that are worked on in turns.
FEW = 10


def _digest(paths: Iterator[Path], *facts: str) -> str:
    found = hashlib.sha256("\n".join(facts).encode())
    for path in sorted(paths):
        found.update(f"\n{path}\n".encode() + path.read_bytes())
    return found.hexdigest()[:12]


def digest_of_migrations() -> str:
    """Return what the tables hang on: the migrations of every app, Django and the database."""
    config = settings.DATABASES["default"]
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = (path for folder in folders for path in folder.glob("*.py"))
    return _digest(files, django.__version__, config["ENGINE"])


def digest_of_code() -> str:
    """Return what the planted rows hang on besides: any of our own code."""
    ours = [Path(app.path) for app in apps.get_app_configs() if ROOT in Path(app.path).parents]
    folders = {path for path in ours if ".venv" not in str(path.relative_to(ROOT))}
    files = (
        path for folder in folders | {ROOT / "site" / "config"} for path in folder.rglob("*.py")
    )
    return _digest(iter(set(files)), digest_of_migrations())


class SQLite:
    """A database is a file."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else builds."""
        KEPT.mkdir(parents=True, exist_ok=True)
        with (KEPT / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def name(self, digest: str) -> str:
        return str(KEPT / f"{digest}.sqlite3")

    def own(self) -> str:
        return self.connection.settings_dict["TEST"]["NAME"]

    def exists(self, name: str) -> bool:
        """Say whether it is there, which keeps it among the newest."""
        return Path(name).exists() and not Path(name).touch()

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm", "-journal", "-turns"):
            Path(name + ending).unlink(missing_ok=True)

    def create(self, name: str, template: str | None = None) -> None:
        self.drop(name)
        if template:
            shutil.copyfile(template, name)

    def finish(self, building: str, name: str) -> None:
        """Put a built database in its place, whole or not at all."""
        with closing(sqlite3.connect(building)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        Path(building).replace(name)
        old = sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-FEW]
        for path in old:
            path.unlink(missing_ok=True)


class PostgreSQL:
    """A database is made after a template by the server."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.base = connection.settings_dict["NAME"]
        self.test = connection.creation._get_test_db_name()

    def run(self, statement: str, *values: Any) -> list[Any]:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else builds on this server."""
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('partybuilding templates'))")
            yield

    def name(self, digest: str) -> str:
        return f"{self.base}_template_{digest}"

    def own(self) -> str:
        return self.test

    def exists(self, name: str) -> bool:
        return bool(self.run("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def drop(self, name: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def create(self, name: str, template: str | None = None) -> None:
        self.drop(name)
        self.run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))

    def finish(self, building: str, name: str) -> None:
        """Put a built database in its place, whole or not at all; drop those of older code."""
        self.run(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
        ours = self.run(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC",
            self.name("%").replace("_", r"\_"),
        )
        for (old,) in ours[FEW:]:
            self.drop(old)


class Databases:
    """The template of this code, and this process's copy of it."""

    def __init__(self) -> None:
        self.connection = connections["default"]
        kind = SQLite if self.connection.vendor == "sqlite" else PostgreSQL
        self.server = kind(self.connection)
        self.own = self.server.own()

    def use(self, name: str) -> None:
        """Let every connection of this process that opens from now on ask this database."""
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = name
        self.connection.settings_dict["NAME"] = name

    def template(self, *, fresh: bool = False) -> str:
        """Return the name of the template, built where it is not there yet."""
        migrated, planted = (self.server.name(f()) for f in (digest_of_migrations, digest_of_code))
        with self.server.alone():
            if fresh or not self.server.exists(migrated):
                self._build(migrated, None, _migrate)
            if fresh or not self.server.exists(planted):
                self._build(planted, migrated, _plant)
        return planted

    def _build(self, name: str, template: str | None, fill: Any) -> None:
        building = self.server.name("building")
        self.server.create(building, template)
        self.use(building)
        fill()
        connections.close_all()
        self.server.drop(name)
        self.server.finish(building, name)

    def stand(self, *, fresh: bool) -> None:
        """Copy the template and ask the copy from now on."""
        self.copied = self.template(fresh=fresh)
        self.renew()

    def renew(self) -> None:
        """Give back what was written: the copy is thrown away for a new one.

        A connection that a thread of a live server still holds keeps the file that has no name any
        more (PostgreSQL: is ended), so that nothing late reaches the next test.
        """
        connections.close_all()
        self.server.create(self.own, self.copied)
        self.use(self.own)

    def fall(self) -> None:
        connections.close_all()
        self.server.drop(self.own)


def _migrate() -> None:
    """Make the tables and the rows of the migrations, without what our code plants after them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


def _plant() -> None:
    ContentType.objects.clear_cache()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Give this process a copy of the template, and every test that commits a fresh one."""
    databases = Databases()
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            databases.stand(fresh=request.config.getoption("create_db"))
            STAGE.template = counted()
            connections.close_all()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.renew())
        yield
        with django_db_blocker.unblock():
            databases.fall()
