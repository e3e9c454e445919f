"""The kinds of fields: where an answer lies, how it reads, what a snapshot keeps, what is still missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices

from partybuilding.core.states import Text
from partybuilding.core.text.validators import SAID, has_words, is_telephone

Snapshot = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One question and its answer, a column of the record that the form writes.

    Args:
        key: its name in snapshots, and of the column unless `source` names another.
        asks: the sentence that asks for it where it is missing; without one it may stay empty.
        source: the column that holds it.
        reads: where its words come from, with dots, when that is not the column.
        later: snapshots of former years lack it, so that nothing can be said of it then.
        wide: has a row of the paper to itself; the others stand in pairs.
        joined: shown on screens in one line with the field before it.
        on_screen: whether the answers to check name it; the paper does in any case.
    """

    key: str
    label: Text
    help: Text = ""
    asks: Text = ""
    source: str = ""
    reads: str = ""
    later: bool = False
    wide: bool = False
    joined: bool = False
    on_screen: bool = True

    is_written: ClassVar[bool] = True
    is_kept: ClassVar[bool] = True
    is_long: ClassVar[bool] = False
    is_list: ClassVar[bool] = False

    @property
    def column(self) -> str:
        """The column of the record."""
        return self.source or self.key

    def widget(self) -> forms.Widget | None:
        """Return the input; None for the one that the column brings."""
        return None

    def words(self, record: Any) -> str:
        """Return the answer as people read it."""
        return str(attrgetter(self.reads or self.column)(record))

    def is_begun(self, record: Any) -> bool:
        """Tell whether somebody has answered it."""
        return bool(getattr(record, self.column))

    def gaps(self, record: Any) -> Iterator[Text]:
        """Yield what keeps the answer from being complete."""
        if self.asks and not self.is_begun(record):
            yield self.asks

    def kept(self, record: Any) -> dict[str, Any]:
        """Return what a snapshot keeps of it, as plain values under its key."""
        return {self.key: getattr(record, self.column)}

    def was_kept(self, snapshot: Snapshot) -> bool:
        """Tell whether a snapshot can say anything of it."""
        return self.is_kept and (self.key in snapshot or not self.later)

    def kept_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        """Return the words for what a snapshot kept; `earlier` is the one it is compared with."""
        return str(snapshot.get(self.key) or "").replace("\r\n", "\n")


@dataclass(frozen=True, kw_only=True, eq=False)
class Line(Field):
    """A few words on one line; `least` is how many different signs say anything, 0 when any do."""

    least: int = 0
    attrs: tuple[tuple[str, str], ...] = ()

    def widget(self) -> forms.Widget:
        """Return an input of one line."""
        return forms.TextInput(attrs=dict(self.attrs))

    def gaps(self, record: Any) -> Iterator[Text]:
        """Ask for words."""
        said = getattr(record, self.column)
        if self.asks and not (has_words(said, self.least) if self.least else said.strip()):
            yield self.asks


@dataclass(frozen=True, kw_only=True, eq=False)
class Telephone(Line):
    """A telephone number; `wrong` is told where nobody can call it."""

    wrong: Text

    def gaps(self, record: Any) -> Iterator[Text]:
        """Ask for a number that can be called."""
        yield from super().gaps(record)
        said = getattr(record, self.column)
        if said.strip() and not is_telephone(said):
            yield self.wrong


@dataclass(frozen=True, kw_only=True, eq=False)
class LongText(Field):
    """A text of several paragraphs; `rows` is the height of its input in lines."""

    rows: int = 10
    is_long: ClassVar[bool] = True

    def widget(self) -> forms.Widget:
        """Return an input of several lines."""
        return forms.Textarea(attrs={"rows": self.rows})

    def gaps(self, record: Any) -> Iterator[Text]:
        """Ask for words."""
        if self.asks and not has_words(getattr(record, self.column), SAID):
            yield self.asks


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice(Field):
    """One of fixed words, preset when the form is begun."""

    options: type[TextChoices]

    def is_begun(self, record: Any) -> bool:
        """Leave out what was preset."""
        return False

    def gaps(self, record: Any) -> Iterator[Text]:
        """Ask for a choice."""
        if self.asks and not getattr(record, self.column):
            yield self.asks

    def kept_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        """Return the label of the code; a code that is unknown today as it is."""
        code = super().kept_words(snapshot, earlier)
        return str(self.options(code).label) if code in self.options else code


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference(Field):
    """A row of a register; snapshots keep its title."""

    def is_begun(self, record: Any) -> bool:
        """Ask the key alone, without a query."""
        return getattr(record, f"{self.column}_id") is not None

    def kept(self, record: Any) -> dict[str, Any]:
        """Keep the title of the day."""
        row = getattr(record, self.column)
        return {self.key: row.title if row else ""}


@dataclass(frozen=True, kw_only=True, eq=False)
class Fact(Field):
    """What the registers say of the applicant; shown, never asked for."""

    is_written: ClassVar[bool] = False
    is_kept: ClassVar[bool] = False

    def is_begun(self, record: Any) -> bool:
        """Nobody fills it in here."""
        return False

    def kept(self, record: Any) -> dict[str, Any]:
        """Keep nothing: facts are frozen apart (ADR 0036)."""
        return {}


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows(Field):
    """A list of rows or of files, written and shown on its own; compared line by line."""

    is_written: ClassVar[bool] = False
    is_list: ClassVar[bool] = True

    def kept_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        """Return a line for each row, numbered when it has several cells."""
        rows = self.kept_rows(snapshot, earlier)
        return "\n".join(_line(row, place) for place, row in enumerate(rows, start=1))

    def kept_rows(self, snapshot: Snapshot, earlier: Snapshot) -> list[Any]:
        """Return the rows that a snapshot kept."""
        return snapshot.get(self.key) or []


def _line(row: Any, place: int) -> str:
    if isinstance(row, list):
        return f"{place}. " + "；".join(str(cell) for cell in row if cell)
    return str(row)
