"""Stages that are set again and again: the first time by the services, then by what these wrote.

Half of the suite's time went into bringing the same cast and project to the same state. A factory
marked `replayed` runs once for each stage in a process; its writes are kept and given to the
database again whenever a test asks for the same stage from the same start. The start is the same
when nothing but such factories wrote since the template; whatever else writes, commits, travels in
running time or overrides a setting gets a stage of its own, as does PostgreSQL, whose numbers go on.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pytest
import time_machine
from django.conf import Settings, settings
from django.db import connections, models
from django.utils import timezone

P = ParamSpec("P")
R = TypeVar("R")
READING = ("SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN")


@dataclass(frozen=True)
class Recording:
    """What a factory wrote, what it was given and gave, and how far the tables then had counted."""

    statements: list[tuple[str, Any, bool]]
    given: Any
    result: Any
    counted: list[Any]


class Stage:
    """What this test's database has seen, and the recordings of this process."""

    def __init__(self) -> None:
        self.known: dict[Any, Recording] = {}
        self.template: list[Any] | None = None
        self.tapes: list[list[tuple[str, Any, bool]]] = []
        self.begin()

    def begin(self, *, rolled_back: bool = True) -> None:
        """Start a test: its database is the template's unless something wrote before it."""
        self.rolled_back = rolled_back
        self.writes = self.marked = 0
        self.reached: Any = ()

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count and keep what is written."""
        if not sql.lstrip().upper().startswith(READING):
            self.writes += 1
            for tape in self.tapes:
                tape.append((sql, params, many))
        return execute(sql, params, many, context)

    def key(self, make: Callable[..., Any], given: Any) -> Any:
        """Return the name of the stage that is asked for; none when it is not known for sure."""
        connection = connections["default"]
        if (
            self.template is None
            or not self.rolled_back
            or self.writes != self.marked
            or self.watch not in connection.execute_wrappers
            or not connection.in_atomic_block
            or type(settings._wrapped) is not Settings
        ):
            return None
        words = _words(given)
        if words is None or (self.reached == () and counted() != self.template):
            return None
        travelling = time_machine.escape_hatch.is_travelling()
        when = timezone.now() if travelling else timezone.localdate()
        return self.reached, make.__qualname__, words, when

    def record(self, key: Any, make: Callable[..., R], given: Any) -> R:
        """Let the factory work, and keep what it wrote."""
        tape: list[tuple[str, Any, bool]] = []
        self.tapes.append(tape)
        try:
            result = make(*given[0], **given[1])
        finally:
            self.tapes = [one for one in self.tapes if one is not tape]
        if not any(sql.startswith("ROLLBACK") for sql, _params, _many in tape):
            kept_given, kept_result = deepcopy((given, result))
            self.known[key] = Recording(tape, kept_given, kept_result, counted())
            self.marked, self.reached = self.writes, key
        return result

    def replay(self, key: Any, given: Any) -> Any:
        """Write the same rows again, and return what the factory returned."""
        known = self.known[key]
        with connections["default"].cursor() as cursor:
            for sql, params, many in known.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
                if cursor.description:
                    cursor.fetchall()  # SQLite writes while the rows it returns are read
        assert counted() == known.counted, "the database was not where the recording began"
        self.marked, self.reached = self.writes, key
        return deepcopy(known.result, dict(_pairs(known.given, given)))


def counted() -> list[Any]:
    """Return the last number that every table gave."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return cursor.fetchall()


def _words(value: Any) -> Any:
    """Return an argument as something that can be compared; none where that cannot be."""
    if isinstance(value, models.Model):
        return (value._meta.label, value.pk) if value.pk else None
    if is_dataclass(value):
        return _words([getattr(value, one.name) for one in fields(value)])
    if isinstance(value, dict):
        return _words(sorted(value.items()))
    if isinstance(value, list | tuple):
        words = tuple(map(_words, value))
        return None if None in words else words
    return repr(value) if value is None or isinstance(value, str | int | date) else None


def _pairs(kept: Any, given: Any) -> Iterator[tuple[int, Any]]:
    """Yield what a result may hold of its factory's arguments, by the id of its copy."""
    if isinstance(kept, models.Model):
        yield id(kept), given
    elif is_dataclass(kept):
        yield id(kept), given
        for one in fields(kept):
            yield from _pairs(getattr(kept, one.name), getattr(given, one.name))
    elif isinstance(kept, dict):
        for name in kept:
            yield from _pairs(kept[name], given[name])
    elif isinstance(kept, list | tuple):
        for one, other in zip(kept, given, strict=True):
            yield from _pairs(one, other)


STAGE = Stage()


def replayed(make: Callable[P, R]) -> Callable[P, R]:
    """Let a factory that writes rows and nothing else work once for each stage."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        given = (args, kwargs)
        key = STAGE.key(make, given)
        if key is None:
            return make(*args, **kwargs)
        return STAGE.replay(key, given) if key in STAGE.known else STAGE.record(key, make, given)

    return made


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin every test with nothing written."""
    wrappers = connections["default"].execute_wrappers
    if STAGE.watch not in wrappers:
        wrappers.append(STAGE.watch)
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    STAGE.begin(rolled_back=not (commits or (marker and marker.kwargs.get("transaction"))))
