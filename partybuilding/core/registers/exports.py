"""What is told of each row of a list as data, declared once for CSV, JSON and XLSX."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.timezone import localtime

from partybuilding.core.registers.csv_files import csv_response
from partybuilding.core.registers.spreadsheets import workbook_response
from partybuilding.core.states import Text


class Kind(StrEnum):
    """What the values of a column are: days and moments in ISO 8601, moments with the offset of the place."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    LIST = "list"


class ExportColumn(NamedTuple):
    """One column; a register writes the first two as a pair.

    Args:
        heading: of the column in CSV and XLSX; one without stands in JSON alone.
        value: reads it from a row.
        name: its name in JSON.
    """

    heading: Text
    value: Callable[[Any], Any]
    name: str = ""
    kind: Kind = Kind.TEXT

    def plain(self, row: Any) -> Any:
        """Return the value as data; what is missing is an empty text."""
        value = self.value(row)
        if value is None:
            return ""
        if self.kind == Kind.TEXT:
            return str(value)
        if self.kind == Kind.DAY:
            return value.isoformat()
        return localtime(value).isoformat(timespec="seconds") if self.kind == Kind.MOMENT else value

    def cell(self, row: Any) -> Any:
        """Return the value in one cell of a table."""
        value = self.plain(row)
        return "、".join(value) if self.kind == Kind.LIST else value


def as_csv(name: str, columns: Sequence[ExportColumn], rows: Iterable[Any]) -> HttpResponse:
    """Return rows as a CSV file of that name."""
    shown = [column for column in columns if column.heading]
    cells = ([column.cell(row) for column in shown] for row in rows)
    return csv_response(name, [str(column.heading) for column in shown], cells)


def as_data(columns: Sequence[ExportColumn], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return rows as JSON tells them."""
    return [{column.name: column.plain(row) for column in columns} for row in rows]


def as_xlsx(title: str, columns: Sequence[ExportColumn], rows: Iterable[Any]) -> HttpResponse:
    """Return rows as an XLSX file of that title; numbers and days stay such."""
    headings = [column.heading for column in columns]
    return workbook_response(title, headings, ([one.value(row) for one in columns] for row in rows))
