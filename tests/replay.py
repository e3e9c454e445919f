"""Stages that are set again and again: the first time by the services, then by what these wrote.

Half of the suite's time went into bringing the same cast and project to the same state. A factory
marked `replayed` runs once for each stage in a process; its writes are kept and given to the
database again whenever a test asks for the same stage from the same start. A start is named by all
that was written since the template, less what was rolled back; what travels in running time or
overrides a setting with more than a plain value gets a stage of its own. PostgreSQL, whose
numbers go on after a rollback, is sent back to the template's when a test first asks.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, wraps
from hashlib import blake2b
from typing import Any, ParamSpec, TypeVar

import pytest
import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connections, models, transaction
from django.utils import timezone
from wagtail.models import Page

from partybuilding.core.answers.versions import TABLE as VERSIONS  # raised by a watch of its own

P = ParamSpec("P")
R = TypeVar("R")
READING = ("SELECT", "PRAGMA", "EXPLAIN")
POINT = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) (\S+)")
#: The database as the template has it.
TEMPLATE = "template"


@dataclass(frozen=True)
class Recording:
    """What a factory wrote, what it was given and gave, and how far the tables then had counted."""

    statements: list[tuple[str, Any, bool]]
    given: Any
    result: Any
    counted: dict[str, Any]


class Stage:
    """What this test's database has seen, and the recordings of this process."""

    def __init__(self) -> None:
        self.known: dict[str, Recording] = {}
        self.template: dict[str, Any] | None = None
        self.tapes: list[list[tuple[str, Any, bool]]] = []
        self.points: list[tuple[str, str | None]] = []
        #: The name of what the database holds; none when that is not known.
        self.reached: str | None = None
        self.rolled_back = True
        #: What another connection of SQLite raises when it commits.
        self.version: Any = None

    def begin(self, *, rolled_back: bool) -> None:
        """Begin a test; one that commits gets a fresh copy of the template.

        The BEGIN of a test that is rolled back is the driver's own on PostgreSQL, and passes no wrapper;
        one that stands in the transaction of its module goes on from there.
        """
        self.rolled_back, self.version = rolled_back, None
        connection = connections["default"]
        if rolled_back and connection.in_atomic_block:
            return
        self.points = [("", None)] if rolled_back else []
        self.reached = TEMPLATE if rolled_back or connection.vendor == "sqlite" else None

    def undo(self) -> None:
        """Note that the outermost transaction is rolled back."""
        self.reached = self.points[0][1] if self.points and not self.points[0][0] else None

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Keep what is written, and name what the database then holds."""
        text = sql if isinstance(sql, str) else str(sql)
        if text.startswith(READING) or VERSIONS in text:
            return execute(sql, params, many, context)
        if text.startswith("BEGIN"):
            if self.rolled_back:
                self.reached = TEMPLATE
            self.points = [("", None if self.rolled_back else self.reached)]
        elif point := POINT.match(text):
            self._pass(*point.groups())
        else:
            if self.reached == TEMPLATE and not (self.template and self._stands()):
                self.reached = None  # it is being built, or a module has rows of its own
            self.reached = _name(self.reached, text, params) if self.reached else None
        if not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            for tape in self.tapes:
                tape.append((sql, params, many))
        return execute(sql, params, many, context)

    def _pass(self, verb: str, point: str) -> None:
        """Note a savepoint, forget one, or go back to one."""
        if verb == "SAVEPOINT":
            self.points.append((point, self.reached))
            return
        names = [name for name, _reached in self.points]
        place = names.index(point) if point in names else None
        if verb == "RELEASE SAVEPOINT":
            self.points = self.points[:place]
        elif place is None or not self.reached:
            self.reached = None
        elif connections["default"].vendor == "sqlite":
            self.reached = self.points[place][1]
        else:
            self.reached = _name(self.reached, verb)  # the rows are gone, their numbers too

    def key(self, make: Callable[..., Any], given: Any) -> str | None:
        """Return the name of the stage that is asked for; none when it is not known for sure."""
        connection = connections["default"]
        if (
            self.template is None
            or self.reached is None
            or self.watch not in connection.execute_wrappers
            or (self.rolled_back and not connection.in_atomic_block)
            or not self._is_alone()
        ):
            return None
        if self.reached == TEMPLATE and not self._stands():
            self.reached = None
        words = _words((given, _overridden()))
        if words is None or self.reached is None:
            return None
        travelling = time_machine.escape_hatch.is_travelling()
        when = timezone.now() if travelling else timezone.localdate()
        how = self.rolled_back, connection.in_atomic_block
        return _name(self.reached, make.__qualname__, words, when, how)

    def _is_alone(self) -> bool:
        """Tell whether nobody else has committed since the test began; a server of the test may."""
        if self.rolled_back:
            return True
        with connections["default"].cursor() as cursor:
            version = cursor.execute("PRAGMA data_version").fetchone()
        self.version = self.version or version
        return self.version == version

    def _stands(self) -> bool:
        """Tell whether the next rows get the numbers that they would get in the template."""
        assert self.template is not None
        moved = {name for name, _last in self.template.items() ^ counted().items()}
        if not moved or connections["default"].vendor == "sqlite":
            return not moved
        numbers = {name: self.template[name] for name in moved}
        with connections["default"].cursor() as cursor:
            # What was rolled back keeps its numbers; they are given again, unless rows have them: of a module.
            cursor.execute(_taken(numbers))
            if cursor.fetchone() == (True,):
                return False
            for name, last in numbers.items():
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
        return True

    def record(self, key: str, make: Callable[..., R], given: Any) -> R:
        """Let the factory work, and keep what it wrote."""
        tape: list[tuple[str, Any, bool]] = []
        self.tapes.append(tape)
        try:
            result = make(*given[0], **given[1])
        finally:
            self.tapes = [one for one in self.tapes if one is not tape]
        if not any(sql.startswith("ROLLBACK") for sql, _params, _many in tape):
            # Of a page only the number is kept: with its blocks it would copy what these are made of.
            numbers: dict[int, Any] = {id(one): type(one)(pk=one.pk) for one in _pages(result)}
            kept_given, kept_result = deepcopy((given, result), numbers)
            self.known[key] = Recording(tape, kept_given, kept_result, counted())
            self.reached = key
        return result

    def replay(self, key: str, given: Any) -> Any:
        """Write the same rows again, and return what the factory returned."""
        known, self.reached = self.known[key], None
        with transaction.atomic(savepoint=False), connections["default"].cursor() as cursor:
            for sql, params, many in known.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
                if cursor.description:
                    cursor.fetchall()  # SQLite writes while the rows it returns are read
        assert counted() == known.counted, "the database was not where the recording began"
        self.reached = key
        read = {id(one): type(one).objects.get(pk=one.pk) for one in _pages(known.result)}
        return deepcopy(known.result, read | dict(_pairs(known.given, given)))


def counted() -> dict[str, Any]:
    """Return the last number that every table gave."""
    is_file = connections["default"].vendor == "sqlite"
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT name, seq FROM sqlite_sequence"
            if is_file
            else "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        return dict(cursor.fetchall())


@cache
def _owners() -> dict[str, tuple[str, str]]:
    """Return the table and the column to which each of PostgreSQL's sequences gives numbers."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT one.relname, owner.relname, attname FROM pg_class one"
            " JOIN pg_depend ON objid = one.oid AND deptype IN ('a', 'i')"
            " JOIN pg_class owner ON owner.oid = refobjid"
            " JOIN pg_attribute ON attrelid = owner.oid AND attnum = refobjsubid"
            " WHERE one.relkind = 'S'"
        )
        return {name: (table, column) for name, table, column in cursor.fetchall()}


def _taken(numbers: dict[str, int | None]) -> str:
    """Return the question whether any row has a number beyond these of their sequences."""
    beyond = (
        f'EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" > {last or 0})'
        for name, last in numbers.items()
        for table, column in [_owners()[name]]
    )
    return "SELECT " + " OR ".join(beyond)


def _name(*facts: Any) -> str:
    return blake2b(repr(facts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _overridden() -> dict[str, Any]:
    """Return the settings that the test overrides."""
    found: dict[str, Any] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        found = {**vars(holder), **found}
        holder = holder.default_settings
    return {name: found[name] for name in sorted(found) if name.isupper()}


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


def _pages(value: Any) -> Iterator[Page]:
    """Yield the pages in what a factory returns."""
    if isinstance(value, Page):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _pages(getattr(value, one.name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _pages(each)


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
    """Let a factory that writes rows, and files that stay, work once for each stage."""

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
    """Begin every test, whose writes are rolled back or committed."""
    connection = connections["default"]
    if STAGE.watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(STAGE.watch)
        undo = connection._rollback
        connection._rollback = lambda: (STAGE.undo(), undo())
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    STAGE.begin(rolled_back=not (commits or (marker and marker.kwargs.get("transaction"))))
