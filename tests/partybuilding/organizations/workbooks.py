"""Workbooks to import, from rows as people fill them in."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from partybuilding.organizations.imports.columns import ORGANIZATIONS, PEOPLE, ROLES, SHEETS

UNIT = ["QJ-CD", "城东街道党工委", "党工委", "城市", "", "是", "王示例", "党工委书记"]
COMMUNITY = ["QJ-CD-1", "石城社区党委", "党委", "城市", "QJ-CD", "否", "张示例", "党委书记"]
APPLICANT = [
    "shicheng01",
    "李示例",
    "QJ-CD-1",
    "申报人",
    "党务干部",
    "li@example.cn",
    "Chuangxin-2026",
    "023-79220000",
]
REVIEWER = ["chengdong01", "赵示例", "QJ-CD", "初审员", "党建办主任", "", "", ""]


def workbook(organizations: list[list[Any]], people: list[list[Any]]) -> SimpleUploadedFile:
    book = Workbook()
    book.remove(book.active)
    for sheet, rows in zip(SHEETS, (organizations, people), strict=True):
        page = book.create_sheet(sheet.title)
        page.append([column.heading for column in sheet.columns])
        for row in rows:
            page.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("导入.xlsx", out.getvalue())


def changed(row: list[Any], **cells: Any) -> list[Any]:
    sheet = PEOPLE if row[3] in ROLES else ORGANIZATIONS
    names = [column.name for column in sheet.columns]
    return [cells.get(name, value) for name, value in zip(names, row, strict=True)]
