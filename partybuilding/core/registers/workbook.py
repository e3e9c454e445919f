"""A list as an XLSX file that prints as it is: openpyxl lays out sheet and styles, the rows are written as text.

A cell object of openpyxl costs more than everything else that a register does for it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.compat import safe_string
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from partybuilding.core.text.characters import writable

#: Characters of width of a column; Chinese characters take two.
WIDEST, NARROWEST = 44, 8
#: So many rows tell how wide a column has to be.
MEASURED = 200
A4 = 9
#: The styles: of a heading, of every other cell, and of those whose value is a day or a moment.
HEADING, PLAIN = "heading", "plain"
FORMATS = {
    HEADING: "General",
    PLAIN: "General",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
#: Where the rows of the one sheet go, and what a cell holds at most.
SHEET, END, LONGEST = "xl/worksheets/sheet1.xml", "</sheetData>", 32_767


def workbook(title: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return an XLSX file with one sheet that prints on A4, its bold headings on every page.

    Numbers and dates are such, so that they can be added up and sorted; everything else is text.
    """
    names, rest = [str(heading) for heading in headings], iter(rows)
    first = [list(row) for row in islice(rest, MEASURED)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    _lay_out(sheet)
    for place, name in enumerate(names, start=1):
        width = max(map(_width, [name, *(row[place - 1] for row in first)]))
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = min(max(width + 2, NARROWEST), WIDEST)
    styles = {name: _styled(sheet, name).style_id for name in FORMATS}
    sheet.append([_styled(sheet, HEADING, name) for name in names])
    letters = [get_column_letter(place) for place in range(1, len(names) + 1)]
    written = BytesIO()
    book.save(written)
    return _with_rows(written, _lines(chain(first, rest), letters, styles))


def _lay_out(sheet: Any) -> None:
    """Print across the width of a page, as many pages down as it takes."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
    sheet.oddFooter.center.text = "&P / &N"
    for name in FORMATS:
        sheet.parent.add_named_style(_style(name))


def _width(value: Any) -> int:
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in lines)


def _style(name: str) -> NamedStyle:
    style = NamedStyle(name)
    style.number_format = FORMATS[name]
    style.alignment = Alignment(vertical="top", wrap_text=True)
    style.font = Font(bold=name == HEADING)
    return style


def _styled(sheet: Any, style: str, text: str = "") -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, writable(text))
    cell.data_type, cell.style = "s", style
    return cell


def _lines(
    rows: Iterable[Iterable[Any]], letters: list[str], styles: dict[str, int]
) -> Iterator[str]:
    """Yield the XML of each row below the headings."""
    for number, row in enumerate(rows, start=2):
        cells = zip(letters, row, strict=True)
        yield f'<row r="{number}">{"".join(_cell(f"{letter}{number}", value, styles) for letter, value in cells)}</row>'


def _cell(place: str, value: Any, styles: dict[str, int]) -> str:
    """Return the XML of a cell; what is no number, day or moment is text, whatever it looks like."""
    if isinstance(value, datetime):
        value = localtime(value).replace(tzinfo=None)
    kind = type(value)
    begun = f'<c r="{place}" s="{styles.get(kind.__name__, styles[PLAIN])}"'
    if kind in (int, float, Decimal):
        return f"{begun}><v>{safe_string(value)}</v></c>"
    if kind in (date, datetime):
        return f"{begun}><v>{safe_string(to_excel(value))}</v></c>"
    text = "" if value is None else writable(str(value))[:LONGEST]
    if not text:
        return f"{begun}/>"
    return f'{begun} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _with_rows(book: BytesIO, lines: Iterable[str]) -> bytes:
    """Return the file with these rows behind its headings."""
    written = BytesIO()
    with ZipFile(book) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename != SHEET:
                after.writestr(part, content)
                continue
            head, end, tail = content.decode().partition(END)
            with after.open(SHEET, "w") as sheet:
                for piece in chain([head], lines, [end + tail]):
                    sheet.write(piece.encode())
    return written.getvalue()
