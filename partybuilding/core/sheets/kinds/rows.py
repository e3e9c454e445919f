"""Questions that are answered in several cells: a small table, a person with the post held."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from partybuilding.core.sheets.questions import Question
from partybuilding.core.text.characters import clean_line
from partybuilding.core.text.validators import validate_printable

#: So many characters a cell takes, and so many empty rows wait for more.
LONGEST_CELL, WAITING = 200, 2
NAME, POST = "name", "post"

Columns = tuple[tuple[str, Any], ...]


class CellsInput(forms.Widget):
    """Rows of inputs, each with the name of its column; empty ones wait below those that say something."""

    template_name = "partybuilding/core/cells.html"
    use_fieldset = True

    def __init__(self, columns: Columns, most: int) -> None:
        super().__init__()
        self.columns, self.most = columns, most

    def id_for_label(self, id_: str) -> str:
        """Name no single input: a legend stands above them."""
        return ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the rows with their inputs."""
        said = list(value or [])[: self.most]
        count = min(self.most, len(said) + (WAITING if said else WAITING + 1))
        rows = [
            [
                {
                    "name": f"{name}-{place}-{code}",
                    "id": f"id_{name}-{place}-{code}",
                    "label": label,
                    "value": said[place].get(code, "") if place < len(said) else "",
                }
                for code, label in self.columns
            ]
            for place in range(count)
        ]
        return {**super().get_context(name, value, attrs), "rows": rows, "many": self.most > 1}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """Return the cells that were sent, row by row; how many may hold is asked later."""
        rows = range(2 * self.most)
        return [
            {code: data.get(f"{name}-{place}-{code}", "") for code, _label in self.columns}
            for place in rows
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Take a form without any of the cells as one that did not ask."""
        return not any(key.startswith(f"{name}-") for key in data)


class CellsField(forms.Field):
    """Rows of short texts."""

    widget: CellsInput

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Return the rows that say anything; too many, too long or unprintable is an error.

        Raises:
            ValidationError: it names what is wrong.
        """
        rows = rows_said(value, self.widget.columns)
        if len(rows) > self.widget.most:
            words = ngettext("At most %(most)s row.", "At most %(most)s rows.", self.widget.most)
            raise forms.ValidationError(words % {"most": self.widget.most})
        for cell in (cell for row in rows for cell in row.values()):
            if len(cell) > LONGEST_CELL:
                words = _("“%(start)s…” is too long; a cell takes %(most)s characters.")
                raise forms.ValidationError(words % {"start": cell[:10], "most": LONGEST_CELL})
            validate_printable(cell)
        return rows


def rows_said(value: Any, columns: Columns) -> list[dict[str, str]]:
    """Return the rows that say anything, with the cells that say anything."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    cleaned = (
        {code: cell for code, _label in columns if (cell := _cell(row.get(code)))} for row in rows
    )
    return [row for row in cleaned if row]


def _cell(value: Any) -> str:
    cleaned = clean_line(value).strip() if isinstance(value, str) else ""
    return unicodedata.normalize("NFC", cleaned)


@dataclass(frozen=True, kw_only=True, eq=False)
class Table(Question):
    """Rows under columns of the year; `columns` are pairs of code and label, `most` rows may be filled in."""

    columns: Columns = ()
    most: int = 10
    kind = "table"
    name = gettext_lazy("Table")
    is_long: ClassVar[bool] = True

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        columns = tuple((one["code"], one["label"]) for one in said.get("columns", ()))
        return {"columns": columns, "most": said.get("rows", cls.most)}

    def lines(self, value: Any) -> Iterator[str]:
        """Yield a line for each row: its cells, each behind the name of its column."""
        for number, row in enumerate(value or (), start=1):
            cells = (f"{label}：{row[code]}" for code, label in self.columns if code in row)
            yield f"{number}. {'；'.join(cells)}"

    def say(self, value: Any) -> str:
        return "\n".join(self.lines(value))

    def table(self, record: Any) -> tuple[tuple[str, ...], ...]:
        head = tuple(str(label) for _code, label in self.columns)
        rows = (
            tuple(row.get(code, "") for code, _label in self.columns)
            for row in self.value(record) or ()
        )
        return (head, *rows) if self.value(record) else ()

    def canonical(self, value: Any) -> Any:
        return rows_said(value, self.columns)[: self.most] or None

    def input_class(self) -> type[forms.Field]:
        return CellsField

    def input_options(self) -> dict[str, Any]:
        return {"widget": CellsInput(self.columns, self.most)}

    def initial(self, value: Any) -> Any:
        return value or []


@dataclass(frozen=True, kw_only=True, eq=False)
class Person(Question):
    """A person by name and post; no account, no number."""

    kind = "person"
    name = gettext_lazy("Person")
    columns: ClassVar[Columns] = (
        (NAME, pgettext_lazy("person", "Name")),
        (POST, gettext_lazy("Post held")),
    )

    def say(self, value: Any) -> str:
        return " ".join(filter(None, ((value or {}).get(NAME), (value or {}).get(POST))))

    def canonical(self, value: Any) -> Any:
        rows = value if isinstance(value, list) else [value]
        said = rows_said(rows[:1], self.columns)
        return said[0] if said else None

    def input_class(self) -> type[forms.Field]:
        return CellsField

    def input_options(self) -> dict[str, Any]:
        return {"widget": CellsInput(self.columns, 1)}

    def initial(self, value: Any) -> Any:
        return [value] if value else []
