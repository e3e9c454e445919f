"""Questions to the database that are put into words once.

Django takes longer to word a query for a page than the database to answer it, and words it anew for every
reader (docs/adr/0067-questions-are-worded-once.md).
"""

import re
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, update_wrapper, wraps
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Rows = TypeVar("Rows", bound=QuerySet)
#: What stands for a value while a question is worded; no row has it.
_NUMBER, _TEXT = 2_000_000_011, "\ufdd0%s"
_DAY, _MOMENT = date(4000, 1, 1), datetime(4000, 1, 1, tzinfo=UTC)
#: How far apart they are: one to which a few are added is taken for no other.
_APART = 997
_LIKE_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def worded(say: "Callable[..., QuerySet[Any, Row]]") -> "Worded[Row]":
    """Keep the words of the queryset that a function returns; called, the function returns its rows.

    Whole numbers, days, moments, texts, and tuples of them (for `__in`) may be others each time. Whatever else is
    handed over belongs to the words, and each is worded for itself.

    Args:
        say: depends on nothing but what is handed over, and hands on as it is what may be another.
    """
    return Worded(say)


class Worded(Generic[Row]):
    """A question that is put into words once in a process, and asked again with other values."""

    #: Whether what is kept is held against new words each time it is asked; tests do.
    is_checked: ClassVar[bool] = False

    def __init__(self, say: "Callable[..., QuerySet[Any, Row]]") -> None:
        self._say = say
        self._known: dict[Any, _Words | None] = {}
        update_wrapper(self, say)

    def __call__(self, *values: Any) -> list[Row]:
        """Return the rows.

        Raises:
            TypeError: what is asked depends on more than what was handed over.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        values = tuple(map(_padded, values))
        key = (connection.vendor, *map(_kind, values))
        if key not in self._known:
            self._known[key] = _words_of(self._say, values, connection)
        words = self._known[key]
        if self.is_checked and words != (fresh := _words_of(self._say, values, connection)):
            raise TypeError(f"{self._say.__qualname__} asks more than it is told: {fresh}")
        return words.ask(values, connection) if words else []


@dataclass(frozen=True)
class _Words:
    """A worded question.

    Args:
        params: what the database is handed; for what may change, where in the values it stands.
        rows: the queryset, never asked itself.
    """

    sql: str
    params: tuple[Any, ...] = field(compare=False)
    rows: QuerySet = field(compare=False)
    compiler: SQLCompiler = field(compare=False)
    #: What makes values of what the database answers, once it was asked.
    converters: list[Any] = field(compare=False, default_factory=list)
    #: The same with what PostgreSQL's driver wraps (JSON) as it is: a wrapper equals no other.
    bare: tuple[Any, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bare", tuple(getattr(one, "obj", one) for one in self.params))

    def ask(self, values: tuple[Any, ...], connection: BaseDatabaseWrapper) -> list[Any]:
        """Return the rows for some values."""
        compiler, said = copy(self.compiler), (self.sql, self.with_values(values, connection))
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: said  # type: ignore[method-assign]
        compiler.get_converters = self._converters_of  # type: ignore[method-assign]
        rows = self.rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(rows)

    def _converters_of(self, expressions: Any) -> Any:
        """Return what Django finds for the columns; they are the same each time, for every connection of a kind."""
        if not self.converters:
            connection = connections[DEFAULT_DB_ALIAS]
            compiler = self.rows.query.get_compiler(connection=connection)
            self.converters.append(compiler.get_converters(expressions))
        return self.converters[0]

    def with_values(
        self, values: tuple[Any, ...], connection: BaseDatabaseWrapper
    ) -> tuple[Any, ...]:
        """Return what the database is handed."""
        given = [_stored(value, connection) for value in _flat(values)]
        return tuple(
            one.kind(given[one.at]) if isinstance(one, _Place) else one for one in self.params
        )


@dataclass(frozen=True)
class _Place:
    """Where a value of the question goes, and the type in which the database is handed it."""

    at: int
    kind: Callable[[Any], Any]


def _words_of(
    say: Callable[..., QuerySet], values: tuple[Any, ...], connection: BaseDatabaseWrapper
) -> _Words | None:
    """Word a question with stand-ins, and look where they went; None for one that nothing answers."""
    stand_ins = _stand_ins(values)
    rows = say(*stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = {_stored(one, connection): at for at, one in enumerate(_flat(stand_ins))}
    found = tuple(
        _Place(places[one], type(one) if isinstance(one, int) else _as_it_is)
        if isinstance(one, int | str | date) and one in places
        else one
        for one in params
    )
    if {one.at for one in found if isinstance(one, _Place)} != set(places.values()):
        raise TypeError(f"{say.__qualname__} does not hand on what it is asked.")
    if any(isinstance(one, date) or _LIKE_A_DAY.match(str(one)) for one in found):
        raise TypeError(f"{say.__qualname__} depends on a day that it is not told.")
    compiler.connection = None  # the next one who asks brings his own
    return _Words(sql, found, rows, compiler)


def _as_it_is(value: Any) -> Any:
    return value


def _may_change(value: Any) -> bool:
    """Tell whether a value is handed to the database, and is no part of the words as a code or a kind is."""
    return type(value) in (int, date, datetime, str)


def _padded(value: Any) -> Any:
    """Return a tuple as long as the next power of two, its last value repeated: that is all the lengths to word."""
    if not isinstance(value, tuple) or not value:
        return value
    return value + value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value))


def _kind(value: Any) -> Any:
    """Return what of a value belongs to the words."""
    if isinstance(value, tuple):
        return tuple(map(_kind, value))
    return type(value) if _may_change(value) else value


def _flat(values: tuple[Any, ...]) -> list[Any]:
    """Return what may change, in its order."""
    found: list[Any] = []
    for value in values:
        found += _flat(value) if isinstance(value, tuple) else [value] * _may_change(value)
    return found


def _stand_ins(values: tuple[Any, ...], at: int = 0) -> tuple[Any, ...]:
    """Return the same values with others for those that may change, each its own."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            found.append(_stand_ins(value, at))
            at += len(_flat(value))
        elif _may_change(value):
            apart = at * _APART
            others = {int: _NUMBER + apart, str: _TEXT % at, date: _DAY + timedelta(apart)}
            others[datetime] = _MOMENT + timedelta(apart)
            found.append(others[type(value)])
            at += 1
        else:
            found.append(value)
    return tuple(found)


def _stored(value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def built_once(build: Callable[..., Rows]) -> Callable[..., Rows]:
    """Build a queryset once for what it is handed; called, the function returns a copy that asked nothing yet.

    Of lists that every address narrows otherwise, so that their words cannot be kept: building the conditions that
    all of them share takes longer than adding one.
    """
    known = lru_cache(maxsize=8)(build)

    @wraps(build)
    def copied(*values: Hashable) -> Rows:
        return known(*values).all()

    return copied


def in_order(keys: tuple[int, ...], told: Callable[[tuple[int, ...]], list[Row]]) -> list[Row]:
    """Return what is told of rows, in the order of their keys.

    Args:
        told: a worded question for rows by their keys.
    """
    found = {one.pk: one for one in told(keys)}  # type: ignore[attr-defined]
    return [found[key] for key in keys if key in found]
