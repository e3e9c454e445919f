"""Read the workbook into rows of text, and name every cell that is not as it should be.

Sheets come as people keep them: saved by WPS with a false size, with a title above the headings, columns
in another order, empty rows that are only formatted. What would be guessed is named instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from partybuilding.core.files.uploads import Kind, UploadRefused, check_upload
from partybuilding.core.machine.refusals import Refusal
from partybuilding.organizations.imports.cells import Unreadable, text_of
from partybuilding.organizations.imports.columns import SHEETS, Column, Sheet, plain
from partybuilding.organizations.imports.merged import merged_ranges
from partybuilding.organizations.imports.report import CellError

MAX_ROWS = 5000
#: Rows in which the headings may stand, below a title.
MAX_TITLE_ROWS = 10
#: Empty rows after which nothing more is looked for.
MAX_GAP = 2000


class NotAWorkbook(Refusal):
    """The file is no workbook of ours."""


@dataclass(frozen=True)
class Row:
    """One filled row: where it stands and its cells as text, by name.

    Args:
        places: the number of each column that the sheet has; of the others nothing is known.
    """

    sheet: Sheet
    number: int
    values: dict[str, str]
    places: dict[str, int]

    def says(self, name: str) -> bool:
        """Tell whether the sheet has this column at all."""
        return name in self.places

    def error(self, name: str, message: str) -> CellError:
        """Name one of its cells, with what to do."""
        place = self.places.get(name, 0)
        heading = next(one.heading for one in self.sheet.columns if one.name == name)
        return CellError(self.sheet.title, self.number, place, heading, message)


@dataclass
class Reading:
    """What a workbook holds: rows by sheet title, cells at fault, and what was passed over."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_workbook(file: Any) -> Reading:
    """Return the filled rows, and the cells that cannot be read or break the columns' rules.

    Raises:
        NotAWorkbook: the file is no .xlsx, or a sheet or heading is missing.
    """
    try:
        check_upload(file, kinds=frozenset({Kind.XLSX}))
        file.seek(0)
        values = load_workbook(file, read_only=True, data_only=True)
        file.seek(0)
        formulas = load_workbook(file, read_only=True)
        reading = Reading()
        for sheet in SHEETS:
            reading.rows[sheet.title] = list(_rows(values, formulas, sheet, reading))
    except UploadRefused as refusal:
        raise NotAWorkbook([str(refusal)]) from refusal
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise NotAWorkbook([_("The workbook cannot be read; use the template.")]) from error
    _note_passed_over(values, reading)
    broken = {(error.sheet, error.row, error.column) for error in reading.errors}
    for row in (row for found in reading.rows.values() for row in found):
        faults = (one for one in _faults(row) if (one.sheet, one.row, one.column) not in broken)
        reading.errors.extend(faults)
    return reading


def _rows(values: Any, formulas: Any, sheet: Sheet, reading: Reading) -> Iterator[Row]:
    title = next((name for name in values.sheetnames if plain(name) in sheet.names), None)
    if title is None:
        raise NotAWorkbook(
            [_("The sheet “%(sheet)s” is missing; use the template.") % {"sheet": sheet.title}]
        )
    lines = _lines(values[title], formulas[title])
    heading_row, places = _headings(lines, sheet, reading)
    reading.errors += [
        CellError(sheet.title, row, column, "", _("Merged cells; split them and fill in each row."))
        for row, column in merged_ranges(values[title])
        if row > heading_row
    ]
    count, last = 0, heading_row
    for number, line in lines:
        if number - last > MAX_GAP:
            words = _("Sheet “%(sheet)s”: nothing was read below row %(row)s.")
            reading.notes.append(words % {"sheet": sheet.title, "row": number - 1})
            return
        row, faults = _row(sheet, number, line, places)
        if not (any(row.values.values()) or faults):
            continue
        last = number
        if _is_example(row):
            continue
        count += 1
        if count > MAX_ROWS:
            raise NotAWorkbook([_("At most %(number)s rows at a time.") % {"number": MAX_ROWS}])
        reading.errors += faults
        yield row


def _lines(values: Any, formulas: Any) -> Iterator[tuple[int, list[tuple[Any, Any]]]]:
    """Yield each row's number and cells, as value and as formula; the file's own size may be wrong."""
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    pairs = zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=())
    for number, (shown, written) in enumerate(pairs, start=1):
        yield number, list(zip_longest(shown, written))


def _headings(lines: Any, sheet: Sheet, reading: Reading) -> tuple[int, dict[str, int]]:
    """Find the row of headings, and in which column each stands."""
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for number, line in lines:
        found, unknown = _matched(line, sheet)
        if len(found) > len(best[1]):
            best = number, found, unknown
        if sheet.required <= set(found) or number >= MAX_TITLE_ROWS:
            break
    missing = [one.heading for one in sheet.columns if one.required and one.name not in best[1]]
    if missing:
        words = _("Sheet “%(sheet)s” lacks these headings: %(headings)s; use the template.")
        raise NotAWorkbook([words % {"sheet": sheet.title, "headings": "、".join(missing)}])
    if best[2]:
        words = _("Sheet “%(sheet)s”: columns that are not known were not read: %(headings)s.")
        reading.notes.append(words % {"sheet": sheet.title, "headings": "、".join(best[2])})
    return best[0], best[1]


def _matched(line: list[tuple[Any, Any]], sheet: Sheet) -> tuple[dict[str, int], list[str]]:
    found: dict[str, int] = {}
    unknown = []
    for place, (cell, _formula) in enumerate(line, start=1):
        said = str(cell.value).strip() if cell is not None and cell.value is not None else ""
        column = next((one for one in sheet.columns if plain(said) in one.names), None)
        if column is None:
            unknown += [said] if said else []
        elif column.name in found:
            words = _("Sheet “%(sheet)s” has the heading “%(heading)s” twice.")
            raise NotAWorkbook([words % {"sheet": sheet.title, "heading": column.heading}])
        else:
            found[column.name] = place
    return found, unknown


def _row(
    sheet: Sheet, number: int, line: list[tuple[Any, Any]], places: dict[str, int]
) -> tuple[Row, list[CellError]]:
    row = Row(sheet, number, {column.name: "" for column in sheet.columns}, places)
    faults = []
    for column in sheet.columns:
        place = places.get(column.name, 0)
        shown, written = line[place - 1] if 0 < place <= len(line) else (None, None)
        try:
            row.values[column.name] = text_of(column, shown, written)
        except Unreadable as fault:
            faults.append(row.error(column.name, str(fault)))
    return row, faults


def _note_passed_over(book: Any, reading: Reading) -> None:
    for name in book.sheetnames:
        names = {"sheet": name}
        known = any(plain(name) in sheet.names for sheet in SHEETS)
        if known and book[name].sheet_state != "visible":
            reading.notes.append(
                _("Sheet “%(sheet)s” is hidden; it was read all the same.") % names
            )
        elif not known:
            reading.notes.append(_("Sheet “%(sheet)s” was not read.") % names)


def _is_example(row: Row) -> bool:
    given = {column.name: column.example for column in row.sheet.columns if row.says(column.name)}
    return all(row.values[name] == example for name, example in given.items())


def _faults(row: Row) -> Iterator[CellError]:
    for column in row.sheet.columns:
        message = _fault(column, row.values[column.name])
        if message:
            yield row.error(column.name, message)


def _fault(column: Column, value: str) -> str:
    if not value:
        return _("Must not be empty.") if column.required else ""
    if not column.takes(value):
        return _("Must be one of: %(words)s.") % {"words": "、".join(column.offered)}
    if len(value) > column.max_length:
        return _("At most %(number)s characters.") % {"number": column.max_length}
    return ""
