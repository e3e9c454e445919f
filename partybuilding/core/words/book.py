"""All words of the database in memory: read once, and again when one of them was written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from partybuilding.core.access.current import current_request
from partybuilding.core.states import Text


@dataclass(frozen=True)
class Word:
    """One word of a list.

    Args:
        needs_text: whoever chooses it says more in words of their own.
        seal: the one character that stands for it where there is no picture; "" for the usual one.
    """

    code: str
    label: Text
    is_retired: bool = False
    needs_text: bool = False
    seal: str = ""

    @property
    def value(self) -> str:
        """Its code, as templates ask the words of machines for theirs."""
        return self.code


Words = tuple[Word, ...]


@dataclass(frozen=True)
class Book:
    """The lists that were written, as they are today and as they were when each year opened."""

    today: dict[str, Words] = field(default_factory=dict)
    years: dict[int, dict[str, Words]] = field(default_factory=dict)
    #: Sentences of the program with the names of these words in them (`core.words.actors`).
    sentences: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    #: Names this content of theirs; none comes twice.
    edition: tuple[int, int] = (0, 0)

    def words(self, code: str, year: int | None) -> Words | None:
        """Return a list, of a year or of today; None as it was delivered."""
        of_year = self.years.get(year, {}) if year else {}
        return of_year.get(code) or self.today.get(code)


EMPTY = Book()
#: The words as this process last read them; None before it has.
_latest: Book | None = None
_SUPPOSITIONS = count()
_supposed: ContextVar[Book | None] = ContextVar("supposed", default=None)
#: Past the watch and Django's cursor, as the versions of the content are (`core.answers.versions`).
_MARKS = "SELECT COUNT(*), CAST(SUM(mark) AS BIGINT) FROM partybuilding_word"


def book() -> Book:
    """Return the words as they are now; within a request they are asked for once."""
    global _latest
    if (supposed := _supposed.get()) is not None:
        return supposed
    request = current_request()
    known: Book | None = getattr(request, "_book_of_words", None)
    if known is None:
        number, marks = _marks()
        known = _latest = _read(number, marks) if number else EMPTY
        if request is not None:
            request._book_of_words = known  # type: ignore[attr-defined]
    return known


def latest() -> Book:
    """Return the words as this process last read them: for what is said outside of requests.

    A process that has read none connects to the database for it, once.
    """
    global _latest
    if _latest is None and connections[DEFAULT_DB_ALIAS].connection is None:
        with suppress(DatabaseError):
            connections[DEFAULT_DB_ALIAS].ensure_connection()
    if _latest is None:
        _latest = EMPTY
    return _supposed.get() or _latest


@contextmanager
def supposing(lists: Mapping[str, Words]) -> Iterator[None]:
    """Let lists stand in the block as they would be once they are written."""
    now = book()
    edition = (-1, next(_SUPPOSITIONS))
    token = _supposed.set(Book({**now.today, **lists}, now.years, edition=edition))
    try:
        yield
    finally:
        _supposed.reset(token)


def look_again(**_signal: Any) -> None:
    """Read the words for what is said outside of requests: a command has connected, a task begins.

    Before the first migration there is nothing to read.
    """
    with suppress(DatabaseError):
        book()


def look_when_connected(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Read the words once a connection to the database is there."""
    if connection.alias == DEFAULT_DB_ALIAS and not connection.in_atomic_block:
        look_again()


def forget() -> None:
    """Let the request that is being answered read the words again: it wrote some."""
    request = current_request()
    if request is not None:
        request._book_of_words = None  # type: ignore[attr-defined]


def _marks() -> tuple[int, int]:
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection.connection.execute(_MARKS).fetchone()


@lru_cache(maxsize=8)
def _read(number: int, marks: int) -> Book:
    """Read the rows that have these marks; marks never come again, so neither does another content."""
    lists: dict[int | None, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for row in apps.get_model("partybuilding", "Word").objects.all():
        word = Word(row.code, row.label, row.is_retired, row.needs_text, row.seal)
        lists[row.cycle_id][row.list].append(word)
    kept = {
        year: {code: tuple(words) for code, words in found.items()} for year, found in lists.items()
    }
    today = kept.pop(None, {})
    years = {year: found for year, found in kept.items() if year is not None}
    return Book(today, years, edition=(number, marks))
