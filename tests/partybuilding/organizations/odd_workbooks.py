"""Workbooks as they come: twenty odd ones, each with what must be said of it."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from partybuilding.organizations.imports.columns import SHEETS
from tests.partybuilding.organizations.workbooks import APPLICANT, COMMUNITY, UNIT

FULL_WIDTH = "".join(chr(ord(one) + 0xFEE0) for one in UNIT[0])
#: Where a cell is named, with part of the sentence; none for a workbook that is sound.
Told = list[tuple[str, str]]


def book(change: Callable[[Worksheet, Worksheet], Any], people: Any = (APPLICANT,)) -> Workbook:
    """Write a sound workbook and let somebody spoil it."""
    made = Workbook()
    made.remove(made.active)
    pages = []
    for sheet, rows in zip(SHEETS, ((UNIT, COMMUNITY), people), strict=True):
        page = made.create_sheet(sheet.title)
        page.append([column.heading for column in sheet.columns])
        for row in rows:
            page.append(row)
        pages.append(page)
    change(*pages)
    return made


def cell(place: str, value: Any, number_format: str = "") -> Workbook:
    def spoil(organizations: Worksheet, _people: Worksheet) -> None:
        organizations[place] = value
        if number_format:
            organizations[place].number_format = number_format

    return book(spoil)


def rewritten(made: Workbook, change: Callable[[str], str]) -> SimpleUploadedFile:
    """Change the XML of every sheet, as another program would have written it."""
    first, second = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as old, ZipFile(second, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return SimpleUploadedFile("导入.xlsx", second.getvalue())


def file(made: Workbook) -> SimpleUploadedFile:
    return rewritten(made, lambda text: text)


def _reordered(organizations: Worksheet, _people: Worksheet) -> None:
    for row in organizations.iter_rows(max_col=8):
        for one, value in zip(row, [c.value for c in reversed(row)], strict=True):
            one.value = value


def _coloured(organizations: Worksheet, _people: Worksheet) -> None:
    for row in range(4, 1500):
        organizations.cell(row, 3).fill = PatternFill("solid", fgColor="FFEEEE")


def _titled(organizations: Worksheet, people: Worksheet) -> None:
    for page in (organizations, people):
        page.insert_rows(1, 2)
        page["A1"] = "全区党组织信息汇总表"


def _hidden(organizations: Worksheet, _people: Worksheet) -> None:
    organizations.sheet_state = "hidden"


def _set(**cells: Any) -> Callable[[Worksheet, Worksheet], None]:
    def spoil(organizations: Worksheet, _people: Worksheet) -> None:
        for place, value in cells.items():
            organizations[place] = value

    return spoil


def odd_workbooks() -> dict[str, tuple[SimpleUploadedFile, Told]]:
    """Return each by what is odd about it."""
    sound = book(lambda *_: None)
    wrong_size = rewritten(
        sound, lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)
    )
    error = rewritten(
        cell("G3", "错误值"),
        lambda text: re.sub(r'<c r="G3"[^>]*>.*?</c>', '<c r="G3" t="e"><v>#REF!</v></c>', text),
    )
    calculated = rewritten(
        cell("B3", "x"),
        lambda text: re.sub(
            r'<c r="B3"[^>]*>.*?</c>', '<c r="B3" t="str"><f>A1</f><v>石城社区党委</v></c>', text
        ),
    )
    return {
        "the size that WPS writes": (wrong_size, []),
        "a title above the headings": (file(book(_titled)), []),
        "columns in another order": (file(book(_reordered)), []),
        "spaces and marks in headings": (
            file(book(_set(A1=" 党组织 代码* ", B1="党组织名称（全称）："))),
            [],
        ),
        "other words in headings": (file(book(_set(A1="编码", B1="名称", C1="党组织类型"))), []),
        "full-width letters": (file(book(_set(A2=FULL_WIDTH))), []),
        "spaces around words": (file(book(_set(C2=" 党工委 ", F2="是 "))), []),
        "a thousand coloured rows": (file(book(_coloured)), []),
        "a column more": (file(book(_set(I1="备注", I2="随便"))), []),
        "a hidden sheet": (file(book(_hidden)), []),
        "TRUE for yes": (file(book(_set(F2=True, F3=False))), []),
        "a formula with its value": (calculated, []),
        "a formula without a value": (
            file(cell("B3", '="石城"&"社区"')),
            [("B3", "公式没有计算结果")],
        ),
        "an error of a formula": (error, [("G3", "#REF!")]),
        "a date for a name": (file(cell("G3", date(2026, 3, 5))), [("G3", "日期")]),
        "a number for a name": (file(cell("B3", 12)), [("B3", "这里是数字")]),
        "TRUE for a name": (file(cell("G3", True)), [("G3", "TRUE")]),
        "a code with decimals": (file(cell("A3", 7.5)), [("A3", "小数")]),
        "a code too long for Excel": (file(cell("A3", 1234567890123456)), [("A3", "末尾")]),
        "merged cells": (
            file(book(lambda one, _two: one.merge_cells("D2:D3"))),
            [("D2", "合并")],
        ),
        "a heading twice": (file(book(_set(B1="党组织代码"))), [("", "出现了两次")]),
        "a heading less": (file(book(_set(B1=""))), [("", "缺少以下表头")]),
    }
