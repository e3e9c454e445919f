"""Read the workbook into rows of text, and name every cell that is not as it should be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from partybuilding.core.characters import clean_line
from partybuilding.core.refusals import Refusal
from partybuilding.core.uploads import Kind, UploadRefused, check_upload
from partybuilding.organizations.imports.columns import SHEETS, Column, Sheet
from partybuilding.organizations.imports.report import CellError

MAX_ROWS = 5000


class NotAWorkbook(Refusal):
    """The file is no workbook of ours."""


@dataclass(frozen=True)
class Row:
    """One filled row: where it stands and its cells as text, by name."""

    sheet: Sheet
    number: int
    values: dict[str, str]

    def error(self, name: str, message: str) -> CellError:
        """Name one of its cells, with what to do."""
        names = [column.name for column in self.sheet.columns]
        place = names.index(name)
        heading = self.sheet.columns[place].heading
        return CellError(self.sheet.title, self.number, place + 1, heading, message)


def read_workbook(file: Any) -> tuple[dict[str, list[Row]], list[CellError]]:
    """Return the filled rows by sheet title, and the cells that break the columns' rules.

    Raises:
        NotAWorkbook: the file is no .xlsx, or a sheet or heading is missing.
    """
    try:
        check_upload(file, kinds=frozenset({Kind.XLSX}))
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
    except UploadRefused as refusal:
        raise NotAWorkbook([str(refusal)]) from refusal
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise NotAWorkbook([_("The workbook cannot be read; use the template.")]) from error
    rows = {sheet.title: list(_rows(book, sheet)) for sheet in SHEETS}
    errors = [error for found in rows.values() for row in found for error in _faults(row)]
    return rows, errors


def _rows(book: Any, sheet: Sheet) -> Iterator[Row]:
    if sheet.title not in book.sheetnames:
        raise NotAWorkbook(
            [_("The sheet “%(sheet)s” is missing; use the template.") % {"sheet": sheet.title}]
        )
    lines = book[sheet.title].iter_rows(values_only=True, max_col=len(sheet.columns))
    headings = [_text(cell) for cell in next(lines, ())]
    expected = [column.heading for column in sheet.columns]
    if headings != expected:
        raise NotAWorkbook(
            [
                _("The headings of the sheet “%(sheet)s” must be: %(headings)s.")
                % {"sheet": sheet.title, "headings": "、".join(expected)}
            ]
        )
    for number, line in enumerate(lines, start=2):
        cells = [_text(cell) for cell in line]
        if number > MAX_ROWS + 1:
            raise NotAWorkbook([_("At most %(number)s rows at a time.") % {"number": MAX_ROWS}])
        if any(cells) and not _is_example(sheet, cells):
            names = [column.name for column in sheet.columns]
            yield Row(sheet, number, dict(zip(names, cells, strict=False)))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else clean_line(str(cell)).strip()


def _is_example(sheet: Sheet, cells: list[str]) -> bool:
    return cells == [column.example for column in sheet.columns]


def _faults(row: Row) -> Iterator[CellError]:
    for column in row.sheet.columns:
        message = _fault(column, row.values[column.name])
        if message:
            yield row.error(column.name, message)


def _fault(column: Column, value: str) -> str:
    if not value:
        return _("Must not be empty.") if column.required else ""
    if column.words and value not in column.words:
        return _("Must be one of: %(words)s.") % {"words": "、".join(column.words)}
    if len(value) > column.max_length:
        return _("At most %(number)s characters.") % {"number": column.max_length}
    return ""
