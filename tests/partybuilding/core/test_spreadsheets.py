"""XLSX files hold text and nothing that runs."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from partybuilding.core.spreadsheets import workbook, workbook_response


def read(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1", "-2", "@SUM(A1)", "007"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    sheet = load_workbook(BytesIO(workbook("项目", ["名称"], [[text]]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_every_cell_is_text_and_nothing_is_lost() -> None:
    rows = read(workbook("项目", ["编号", "天数"], [["2026-001", 5], [None, ""]]))
    assert rows[:2] == [("编号", "天数"), ("2026-001", "5")]


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert read(workbook("项目", ["名称"], [["议事\x0b厅\ufffe"]]))[1] == ("议事\n厅",)


def test_the_file_bears_its_name_and_the_day_and_is_kept_nowhere() -> None:
    response = workbook_response("项目", ["名称"], [])
    assert "filename*=utf-8''%E9%A1%B9%E7%9B%AE_20" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
