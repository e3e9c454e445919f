"""Write lists as XLSX: strings only, so that nothing a person typed can run as a formula."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from partybuilding.core.characters import writable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Characters of width of a column; Chinese characters take two.
WIDEST, NARROWEST = 60, 8


def workbook(title: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return an XLSX file with one sheet: bold headings that stay in sight, then the rows as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    sheet.freeze_panes = "A2"
    names = [str(heading) for heading in headings]
    for place, name in enumerate(names, start=1):
        width = min(max(len(name) * 2 + 4, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    text = "" if value is None else writable(str(value))
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
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
