"""The empty workbook to fill in: headings, an example row, lists to choose from, notes."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from partybuilding.organizations.imports.columns import SHEETS, Column, Sheet

#: Rows for which the lists to choose from are set.
ROWS = 2000
HEAD_FILL = PatternFill("solid", fgColor="F3E3DF")


def template_workbook() -> bytes:
    """Return the template as an .xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in SHEETS:
        _write(workbook.create_sheet(sheet.title), sheet)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        _head(worksheet, number, column)
        worksheet.cell(row=2, column=number, value=column.example).number_format = "@"
        if column.words:
            _choices(worksheet, number, column)


def _head(worksheet: Worksheet, number: int, column: Column) -> None:
    cell = worksheet.cell(row=1, column=number, value=column.heading)
    cell.font = Font(bold=True, color="B3000C" if column.required else "222222")
    cell.fill = HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center")
    note = "；".join(part for part in ("必填" if column.required else "", column.hint) if part)
    if note:
        cell.comment = Comment(note, "")
    worksheet.column_dimensions[get_column_letter(number)].width = max(14, len(column.heading) * 3)


def _choices(worksheet: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    choice = DataValidation("list", formula1=f'"{",".join(column.words)}"', allow_blank=True)
    choice.error = "请从列表中选择。"
    worksheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{ROWS}")
