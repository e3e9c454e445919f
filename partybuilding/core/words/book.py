"""All words of the database in memory: read once, and again when one of them was written."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

from partybuilding.core.access.requests import current_request
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
    #: Names this content of theirs; none comes twice.
    edition: tuple[int, int] = (0, 0)

    def words(self, code: str, year: int | None) -> Words | None:
        """Return a list, of a year or of today; None as it was delivered."""
        of_year = self.years.get(year, {}) if year else {}
        return of_year.get(code) or self.today.get(code)


EMPTY = Book()
#: Past the watch and Django's cursor, as the versions of the content are (`core.answers.versions`).
_MARKS = "SELECT COUNT(*), CAST(SUM(mark) AS BIGINT) FROM partybuilding_word"


def book() -> Book:
    """Return the words as they are now; within a request they are asked for once."""
    request = current_request()
    known: Book | None = getattr(request, "_book_of_words", None)
    if known is None:
        count, marks = _marks()
        known = _read(count, marks) if count else EMPTY
        if request is not None:
            request._book_of_words = known  # type: ignore[attr-defined]
    return known


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
def _read(count: int, marks: int) -> Book:
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
    return Book(today, years, edition=(count, marks))
