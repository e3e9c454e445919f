"""A form that is handed in, as data: every screen, snapshot, rule and paper is a loop over it (ADR 0043)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from partybuilding.core.sheets.fields import Field
from partybuilding.core.sheets.questions import Question
from partybuilding.core.states import Text


@dataclass(frozen=True, eq=False)
class Part:
    """A page of the form; `code` stands in its address and beside the reviewer's remarks.

    `purpose` is what else than the application it is filled in for; empty for the application.
    """

    code: str
    label: Text
    fields: tuple[Field, ...]
    help: Text = ""
    purpose: str = ""

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

    def of(self, purpose: str) -> "Sheet":
        """Return what of it is filled in for a purpose; for the application that is an empty one."""
        parts = tuple(part for part in self.parts if part.purpose == purpose)
        return self if parts == self.parts else Sheet(parts)

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the form."""
        return [field for part in self.parts for field in part.fields]

    @property
    def columns(self) -> list[str]:
        """What an applicant may write of the record itself; nothing else is ever bound from a form."""
        return [field.column for field in self.fields if field.is_written and not field.is_own]

    @property
    def questions(self) -> dict[str, Question]:
        """The questions that the year alone asks, by their keys."""
        return {field.key: field for field in self.fields if isinstance(field, Question)}

    def merged(self, before: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return answers as they are stored once some are given; what is not asked is passed over."""
        asked = self.questions
        given = {key: asked[key].canonical(said) for key, said in answers.items() if key in asked}
        return {key: said for key, said in {**before, **given}.items() if said is not None}

    def kept(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers to what is asked; what was said to anything else is forgotten."""
        asked = self.questions
        return {key: said for key, said in answers.items() if key in asked}

    def own_facts(self, record: Any) -> list[tuple[Text, str]]:
        """Return the short answers to the year's own questions, each with its label."""
        asked = self.questions.values()
        return [(one.label, one.words(record)) for one in asked if not one.is_long]

    def answered(self, record: Any) -> list[tuple[Text, str]]:
        """Return every answer to the year's own questions in words, each with its label."""
        return [(one.label, one.words(record)) for one in self.questions.values()]

    def texts(self, record: Any) -> list[tuple[Text, str]]:
        """Return the long texts of all parts, each with its label."""
        return [text for part in self.parts for text in part.texts(record)]

    @property
    def long_columns(self) -> list[str]:
        """The columns of the long texts, which lists leave out."""
        return [field.column for field in self.fields if field.is_long and not field.is_own]

    def said(self, record: Any) -> dict[str, set[str]]:
        """Return what is asked of a record, each with the codes that conditions on it are held against."""
        named = {one.of for field in self.fields for one in field.when}
        said: dict[str, set[str]] = {}
        for field in self.fields:
            if all(said.get(one.of, set()) & one.codes for one in field.when):
                said[field.key] = field.codes(record) if field.key in named else set()
        return said

    def shown_to(self, record: Any) -> "Sheet":
        """Return what of it is asked of a record: without what its answers leave out, and what hangs on that.

        One pass is enough, because a condition names an earlier field only.
        """
        if not any(field.when for field in self.fields):
            return self
        said = self.said(record)
        parts = (
            replace(part, fields=tuple(field for field in part.fields if field.key in said))
            for part in self.parts
        )
        return Sheet(tuple(part for part in parts if part.fields))

    def carried(self, kind: str, origin: Any, record: Any) -> dict[str, Any]:
        """Return by key what a new form takes over of the record that it is begun from.

        Args:
            kind: of the source; each field names those from which it is carried.
        """
        taken = (field for field in self.fields if kind in field.carried)
        return {field.key: field.carry(kind, origin, record) for field in taken}

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
