"""Write lists as XLSX that print as they are; what a person typed is text and never a formula."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from partybuilding.core.text.characters import writable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Characters of width of a column; Chinese characters take two.
WIDEST, NARROWEST = 44, 8
#: So many rows tell how wide a column has to be.
MEASURED = 200
A4 = 9
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}


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
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for row in chain(first, rest):
        sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _lay_out(sheet: Any) -> None:
    """Print across the width of a page, as many pages down as it takes."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
    sheet.oddFooter.center.text = "&P / &N"


def _width(value: Any) -> int:
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in lines)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None)
    if type(value) in (int, float, Decimal, date, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = FORMATS.get(type(value), cell.number_format)
    else:
        cell = WriteOnlyCell(sheet, "" if value is None else writable(str(value)))
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)
    return cell


def workbook_response(
    title: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]
) -> HttpResponse:
    """Return the file as a download that bears today's date in its name."""
    response = HttpResponse(workbook(title, headings, rows), content_type=CONTENT_TYPE)
    name = f"{title}_{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
