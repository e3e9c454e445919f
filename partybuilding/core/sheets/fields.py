"""The fields of a form that is handed in: what each asks for, keeps and says (ADR 0043)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from django import forms

from partybuilding.core.states import Text
from partybuilding.core.text.validators import has_words, is_telephone
from partybuilding.core.words.lists import WordList

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """A question is asked only where an earlier one was answered with any of these codes."""

    of: str
    codes: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One question and its answer, a column of the record that the form writes.

    Args:
        key: its name in snapshots, and of the column unless `source` names another.
        required: the sentence that asks for it where it is missing; without one it may stay empty.
        source: the column that holds it.
        reads: where its words come from, with dots, when that is not the column.
        later: snapshots of former years lack it, so that nothing can be said of it then.
        wide: has a row of the paper to itself; the others stand in pairs.
        same_line: shown on screens in one line with the field before it.
        on_screen: whether the answers to check name it; the paper does in any case.
        carried: the kinds of source from which a new form takes its answer over.
        when: all must hold, or it is not asked; each names a field that stands before it.
    """

    key: str
    label: Text
    help: Text = ""
    required: Text = ""
    source: str = ""
    reads: str = ""
    later: bool = False
    wide: bool = False
    same_line: bool = False
    on_screen: bool = True
    carried: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()

    is_written: ClassVar[bool] = True
    in_snapshots: ClassVar[bool] = True
    is_long: ClassVar[bool] = False
    is_list: ClassVar[bool] = False
    #: Asked by a year alone: the answer lies in the record's `answers`, not in a column.
    is_own: ClassVar[bool] = False

    @property
    def column(self) -> str:
        """The column of the record, and its name in forms."""
        return self.source or self.key

    def value(self, record: Any) -> Any:
        """Return what the record holds."""
        return getattr(record, self.column)

    def words(self, record: Any) -> str:
        """Return the answer as people read it."""
        return str(attrgetter(self.reads or self.column)(record))

    def table(self, record: Any) -> tuple[tuple[str, ...], ...]:
        """Return the answer as paper prints it in rows, the names of its columns first; of most kinds none."""
        return ()

    def codes(self, record: Any) -> set[str]:
        """Return what conditions on it are held against."""
        return {str(self.value(record))}

    def widget(self) -> forms.Widget | None:
        """Return the input; None for the one that the column brings."""
        return None

    def is_begun(self, record: Any) -> bool:
        """Tell whether somebody has answered it."""
        return bool(self.value(record))

    def is_complete(self, record: Any) -> bool:
        """Tell whether the answer says anything."""
        return self.is_begun(record)

    def missing(self, record: Any) -> Iterator[Text]:
        """Yield what keeps the answer from being complete."""
        if self.required and not self.is_complete(record):
            yield self.required

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        """Return what a snapshot keeps of it, as plain values under its key."""
        return {self.key: self.value(record)}

    def carry(self, kind: str, origin: Any, record: Any) -> Any:
        """Return what a new form takes over of the record that it is begun from."""
        return self.value(origin)

    def is_comparable(self, snapshot: Snapshot) -> bool:
        """Tell whether a snapshot can say anything of it."""
        return self.in_snapshots and (self.key in snapshot or not self.later)

    def snapshot_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        """Return the words for what a snapshot kept; `earlier` is the one it is compared with."""
        return str(snapshot.get(self.key) or "").replace("\r\n", "\n")


@dataclass(frozen=True, kw_only=True, eq=False)
class Line(Field):
    """A few words on one line; `min_signs` is how many different signs say anything, 0 when any do."""

    min_signs: int = 0
    attrs: tuple[tuple[str, str], ...] = ()

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs=dict(self.attrs))

    def is_complete(self, record: Any) -> bool:
        said = self.value(record)
        return has_words(said, self.min_signs) if self.min_signs else bool(said.strip())


@dataclass(frozen=True, kw_only=True, eq=False)
class Telephone(Line):
    """A telephone number; `wrong` is told where nobody can call it."""

    wrong: Text

    def missing(self, record: Any) -> Iterator[Text]:
        yield from super().missing(record)
        if self.is_complete(record) and not is_telephone(self.value(record)):
            yield self.wrong


@dataclass(frozen=True, kw_only=True, eq=False)
class LongText(Field):
    """A text of several paragraphs; `rows` is the height of its input in lines.

    `longest` is how many characters it may have, 0 as many as the column says.
    """

    rows: int = 10
    longest: int = 0
    is_long: ClassVar[bool] = True

    def widget(self) -> forms.Widget:
        return forms.Textarea(attrs={"rows": self.rows})

    def is_complete(self, record: Any) -> bool:
        return has_words(self.value(record))


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice(Field):
    """One of fixed words, preset when the form is begun; snapshots keep its code."""

    options: WordList

    def is_begun(self, record: Any) -> bool:
        return False

    def is_complete(self, record: Any) -> bool:
        return bool(self.value(record))

    def snapshot_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        return self.options.label(super().snapshot_words(snapshot, earlier))


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference(Field):
    """A row of a register; snapshots keep its title."""

    def is_begun(self, record: Any) -> bool:
        return getattr(record, f"{self.column}_id") is not None

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        row = self.value(record)
        return {self.key: row.title if row else ""}


@dataclass(frozen=True, kw_only=True, eq=False)
class Fact(Field):
    """What the registers say of the applicant: shown, never asked for, frozen apart (ADR 0036)."""

    is_written: ClassVar[bool] = False
    in_snapshots: ClassVar[bool] = False

    def is_begun(self, record: Any) -> bool:
        return False

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows(Field):
    """A list of rows or of files, written and shown on its own; compared line by line."""

    is_written: ClassVar[bool] = False
    is_list: ClassVar[bool] = True

    def snapshot_rows(self, snapshot: Snapshot, earlier: Snapshot) -> list[Any]:
        """Return the rows that a snapshot kept: names, or lists of cells."""
        return snapshot.get(self.key) or []

    def snapshot_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        rows = enumerate(self.snapshot_rows(snapshot, earlier), start=1)
        return "\n".join(
            f"{place}. " + "；".join(str(cell) for cell in row if cell)
            if isinstance(row, list)
            else str(row)
            for place, row in rows
        )
