"""A column is declared once and told in CSV, JSON and XLSX."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from types import SimpleNamespace

from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from partybuilding.core.registers.exports import ExportColumn, Kind, as_csv, as_data, as_xlsx

ROW = SimpleNamespace(
    title="议事会",
    state=gettext_lazy("Draft"),
    code=None,
    n=0,
    day=date(2026, 3, 1),
    at=datetime(2026, 3, 1, 16, 30, tzinfo=UTC),
    partners=["甲党委", "乙党委"],
)
COLUMNS = (
    ExportColumn("名称", lambda row: row.title, "title"),
    ExportColumn("状态", lambda row: row.state, "state"),
    ExportColumn("编号", lambda row: row.code, "code"),
    ExportColumn("", lambda row: row.title[:1], "initial"),
    ExportColumn("数量", lambda row: row.n, "n", Kind.NUMBER),
    ExportColumn("日期", lambda row: row.day, "day", Kind.DAY),
    ExportColumn("时间", lambda row: row.at, "at", Kind.MOMENT),
    ExportColumn("联合单位", lambda row: row.partners, "partners", Kind.LIST),
)


def test_json_tells_codes_numbers_lists_and_moments_of_the_place() -> None:
    assert as_data(COLUMNS, [ROW]) == [
        {
            "title": "议事会",
            "state": str(ROW.state),
            "code": "",
            "initial": "议",
            "n": 0,
            "day": "2026-03-01",
            "at": "2026-03-02T00:30:00+08:00",
            "partners": ["甲党委", "乙党委"],
        }
    ]


def test_a_table_has_the_columns_with_a_heading_and_lists_in_one_cell() -> None:
    text = as_csv("表", COLUMNS, [ROW]).content.decode("utf-8-sig")
    [row] = csv.DictReader(StringIO(text))
    assert list(row) == ["名称", "状态", "编号", "数量", "日期", "时间", "联合单位"]
    assert (row["数量"], row["联合单位"]) == ("0", "甲党委、乙党委")


def test_a_register_writes_pairs_and_its_days_stay_days() -> None:
    pairs = (("名称", lambda row: row.title), ("日期", lambda row: row.day))
    book = load_workbook(
        BytesIO(as_xlsx("表", [ExportColumn(*one) for one in pairs], [ROW]).content)
    )
    assert [cell.value for cell in book.active[1]] == ["名称", "日期"]
    assert [book.active["A2"].value, book.active["B2"].value.date()] == ["议事会", ROW.day]
