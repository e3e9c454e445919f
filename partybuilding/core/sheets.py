"""A form that is handed in, as data: every screen, snapshot, rule and paper is a loop over it (ADR 0043)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices

from partybuilding.core.states import Text
from partybuilding.core.text.validators import has_words, is_telephone

Snapshot = Mapping[str, Any]


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

    is_written: ClassVar[bool] = True
    in_snapshots: ClassVar[bool] = True
    is_long: ClassVar[bool] = False
    is_list: ClassVar[bool] = False

    @property
    def column(self) -> str:
        """The column of the record."""
        return self.source or self.key

    def value(self, record: Any) -> Any:
        """Return what the record holds."""
        return getattr(record, self.column)

    def words(self, record: Any) -> str:
        """Return the answer as people read it."""
        return str(attrgetter(self.reads or self.column)(record))

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
    """A text of several paragraphs; `rows` is the height of its input in lines."""

    rows: int = 10
    is_long: ClassVar[bool] = True

    def widget(self) -> forms.Widget:
        return forms.Textarea(attrs={"rows": self.rows})

    def is_complete(self, record: Any) -> bool:
        return has_words(self.value(record))


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice(Field):
    """One of fixed words, preset when the form is begun; snapshots keep its code."""

    options: type[TextChoices]

    def is_begun(self, record: Any) -> bool:
        return False

    def is_complete(self, record: Any) -> bool:
        return bool(self.value(record))

    def snapshot_words(self, snapshot: Snapshot, earlier: Snapshot) -> str:
        code = super().snapshot_words(snapshot, earlier)
        return str(self.options(code).label) if code in self.options else code


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


@dataclass(frozen=True, eq=False)
class Part:
    """A page of the form; `code` stands in its address and beside the reviewer's remarks."""

    code: str
    label: Text
    fields: tuple[Field, ...]

    @property
    def written(self) -> list[Field]:
        """The fields that the part's form binds."""
        return [field for field in self.fields if field.is_written]

    @property
    def is_required(self) -> bool:
        """Whether anything of it must be filled in."""
        return any(field.required for field in self.fields)

    def holds(self, key: str) -> bool:
        """Tell whether a field belongs to it."""
        return any(field.key == key for field in self.fields)

    def is_begun(self, record: Any) -> bool:
        """Tell whether anything of it is filled in."""
        return any(field.is_begun(record) for field in self.fields)

    def missing(self, record: Any) -> list[Text]:
        """Return what is still missing, each sentence once."""
        return list(dict.fromkeys(gap for field in self.fields for gap in field.missing(record)))

    def texts(self, record: Any) -> list[tuple[Text, str]]:
        """Return its long texts, each with its label."""
        return [(field.label, field.words(record)) for field in self.fields if field.is_long]

    def lines(self) -> list[list[Field]]:
        """Return what screens show in words, fields that share a line together."""
        lines: list[list[Field]] = []
        for field in self.fields:
            if field.same_line:
                lines[-1].append(field)
            elif field.on_screen and not field.is_list:
                lines.append([field])
        return lines


@dataclass(frozen=True, eq=False)
class Sheet:
    """A whole form."""

    parts: tuple[Part, ...]

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the form."""
        return [field for part in self.parts for field in part.fields]

    @property
    def columns(self) -> list[str]:
        """What an applicant may write of the record itself; nothing else is ever bound from a form."""
        return [field.column for field in self.fields if field.is_written]

    @property
    def long_columns(self) -> list[str]:
        """The columns of the long texts, which lists leave out."""
        return [field.column for field in self.fields if field.is_long]

    def part(self, code: str) -> Part | None:
        """Return a part by its code; None when there is none."""
        return next((part for part in self.parts if part.code == code), None)

    def part_of(self, key: str) -> Part:
        """Return the part that holds a field."""
        return next(part for part in self.parts if part.holds(key))

    def missing(self, record: Any) -> dict[str, list[Text]]:
        """Say for each part what is still missing; complete ones are left out."""
        missing = {part.code: part.missing(record) for part in self.parts}
        return {code: sentences for code, sentences in missing.items() if sentences}

    def snapshot(self, record: Any) -> dict[str, Any]:
        """Return every answer as plain values."""
        return {
            key: value for field in self.fields for key, value in field.to_snapshot(record).items()
        }
