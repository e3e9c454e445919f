"""Commands that run by the clock: one run at a time, and how it ended is kept for whoever looks after the site."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, ClassVar

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from partybuilding.core.services import note_command

#: The exit code of a run that found another one at it; "try again later" of sysexits.h.
BUSY = 75
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: Options that only show what would be done.
REHEARSALS = ("dry_run", "dryrun")


class TimedCommand(BaseCommand):
    """A command that a timer starts. Mix it in before the command that it adds to."""

    #: Its name for people.
    title: ClassVar[Any]
    #: How often it runs.
    every: ClassVar[timedelta]
    #: What runs once a day runs at this time, and later when the machine was off then.
    at: ClassVar[time | None] = None

    @classmethod
    def is_due(cls) -> bool:
        """Tell whether this site needs its timer at all."""
        return True

    @classmethod
    def late_after(cls) -> timedelta:
        """Return how long after a run somebody has to look why there was no other."""
        return DAY + 2 * HOUR if cls.at else max(3 * cls.every, 15 * MINUTE)

    @classmethod
    def is_time(cls, now: datetime, last: datetime | None) -> bool:
        """Tell whether it has to run, in local time, after a last run that began at a moment."""
        if last is None:
            return True
        if cls.at is None:
            return now - last >= cls.every
        today = now.replace(hour=cls.at.hour, minute=cls.at.minute, second=0, microsecond=0)
        return last < (today if now >= today else today - DAY)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run alone, and keep how it ended.

        Raises:
            CommandError: another run is at it (exit code 75), or as the command's own.
        """
        if any(options.get(name) for name in REHEARSALS):
            return super().execute(*args, **options)
        name, started_at = type(self).__module__.rpartition(".")[2], timezone.now()
        with alone(name):
            try:
                said = super().execute(*args, **options)
            except BaseException as error:
                with suppress(DatabaseError):
                    note_command(name, started_at, line_of(error))
                raise
            note_command(name, started_at)
        return said


def line_of(error: BaseException) -> str:
    """Say in one line what went wrong."""
    words = str(error).splitlines()[:1]
    kind = [] if isinstance(error, CommandError) and words else [type(error).__name__]
    return ": ".join([*kind, *words])


@cache
def timed_commands() -> dict[str, type[TimedCommand]]:
    """Return every command of the site that a timer starts, by its name."""
    ours = {name: app for name, app in get_commands().items() if not app.startswith("django.")}
    loaded = {name: load_command_class(app, name) for name, app in sorted(ours.items())}
    return {name: type(one) for name, one in loaded.items() if isinstance(one, TimedCommand)}


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Keep every other run of a command out, on every machine; a killed one leaves nothing behind.

    Raises:
        CommandError: another run is at it.
    """
    lock = _postgresql if connection.vendor == "postgresql" else _file
    with lock(f"partybuilding {name}") as is_held:
        if not is_held:
            said = f"{name}: another run is at it; nothing was done."
            raise CommandError(said, returncode=BUSY)
        yield


@contextmanager
def _postgresql(name: str) -> Iterator[bool]:
    """Take a lock of the session, which ends with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        is_held = bool(cursor.fetchone()[0])
    try:
        yield is_held
    finally:
        if is_held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


@contextmanager
def _file(name: str) -> Iterator[bool]:
    """Lock a file beside that of the database, which only one machine can have open."""
    database = Path(str(connection.settings_dict["NAME"]))
    folder = database.parent if database.is_file() else Path(gettempdir())
    path = folder / f".{name.replace(' ', '-')}.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
