"""Parts and fields in their order, and what can be asked of them all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partybuilding.core.sheets.fields import Field
from partybuilding.core.states import Text


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
    def is_asked(self) -> bool:
        """Whether anything of it must be filled in."""
        return any(field.asks for field in self.fields)

    def holds(self, key: str) -> bool:
        """Tell whether a field belongs to it."""
        return any(field.key == key for field in self.fields)

    def is_begun(self, record: Any) -> bool:
        """Tell whether anything of it is filled in."""
        return any(field.is_begun(record) for field in self.fields)

    def gaps(self, record: Any) -> list[Text]:
        """Return what is still missing, each sentence once."""
        return list(dict.fromkeys(gap for field in self.fields for gap in field.gaps(record)))

    def texts(self, record: Any) -> list[tuple[Text, str]]:
        """Return its long texts, each with its label."""
        return [(field.label, field.words(record)) for field in self.fields if field.is_long]

    def lines(self) -> list[list[Field]]:
        """Return what screens show in words, fields that share a line together."""
        lines: list[list[Field]] = []
        for field in self.fields:
            if not field.on_screen:
                continue
            if field.joined:
                lines[-1].append(field)
            else:
                lines.append([field])
        return lines


@dataclass(frozen=True, eq=False)
class Sheet:
    """A whole form."""

    parts: tuple[Part, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in the order of the form."""
        return (field for part in self.parts for field in part.fields)

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

    def gaps(self, record: Any) -> dict[str, list[Text]]:
        """Say for each part what is still missing; complete ones are left out."""
        gaps = {part.code: part.gaps(record) for part in self.parts}
        return {code: sentences for code, sentences in gaps.items() if sentences}

    def snapshot(self, record: Any) -> dict[str, Any]:
        """Return every answer as plain values."""
        return {key: value for field in self.fields for key, value in field.kept(record).items()}
