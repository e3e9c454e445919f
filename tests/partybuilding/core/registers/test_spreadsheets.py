"""XLSX files hold text and nothing that runs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from partybuilding.core.registers.exports import workbook, workbook_response


def read(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1", "-2", "@SUM(A1)", "007"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    sheet = load_workbook(BytesIO(workbook("项目", ["名称"], [[text]]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_numbers_and_dates_are_such_and_nothing_is_lost() -> None:
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    row = ["2026-001", 5, Decimal("2.50"), date(2026, 3, 1), moment, True, None, ""]
    sheet = load_workbook(BytesIO(workbook("项目", ["列"] * len(row), [row]))).active
    cells = [(str(cell.value), cell.data_type, cell.number_format) for cell in sheet[2]]
    assert cells[:5] == [
        ("2026-001", "s", "General"),
        ("5", "n", "General"),
        ("2.5", "n", "General"),
        ("2026-03-01 00:00:00", "d", "yyyy-mm-dd"),
        ("2026-03-01 09:30:00", "d", "yyyy-mm-dd hh:mm"),
    ]
    assert cells[5][:2] == ("True", "s")
    assert [cell[0] for cell in cells[6:]] == ["None", "None"]


def test_a_sheet_fits_its_page_and_repeats_its_headings() -> None:
    rows = [["2026-001", "“邻里议事厅”破解小区治理难题" * 3]] * 300
    sheet = load_workbook(BytesIO(workbook("项目", ["编号", "项目名称"], rows))).active
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width == 10
    assert sheet.column_dimensions["B"].width == 44
    assert sheet.max_row == 301


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert read(workbook("项目", ["名称"], [["议事\x0b厅\ufffe"]]))[1] == ("议事\n厅",)


def test_the_file_bears_its_name_and_the_day_and_is_kept_nowhere() -> None:
    response = workbook_response("项目", ["名称"], [])
    assert "filename*=utf-8''%E9%A1%B9%E7%9B%AE_20" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"


def test_marks_blanks_and_lengths_come_out_as_they_went_in() -> None:
    row = [" <议事>&“厅” ", "]]></t>", "一\n二", "长" * 40_000, 0, -1.5]
    content = workbook("项目", ["列<&>"] * len(row), [row])
    assert read(content) == [
        ("列<&>",) * 6,
        (" <议事>&“厅” ", "]]></t>", "一\n二", "长" * 32_767, 0, -1.5),
    ]
