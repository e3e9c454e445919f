"""The use case: take a workbook of organisations and people over, or say why not."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.refusals import NotYours
from partybuilding.organizations.imports.apply import write_rows
from partybuilding.organizations.imports.check import Stock, check_rows
from partybuilding.organizations.imports.columns import SHEETS
from partybuilding.organizations.imports.report import CellError, ImportReport
from partybuilding.organizations.imports.workbook import read_workbook
from partybuilding.organizations.permissions import user_can_edit_organization


def import_workbook(file: Any, *, by: Any, dry_run: bool) -> ImportReport:
    """Check a workbook and, unless it is a dry run or anything is wrong, write all of it.

    Safe to repeat: what is there already is left as it is.

    Raises:
        NotYours: only the department and administrators keep the register.
        NotAWorkbook: the file is no workbook of the template's shape.
    """
    if not user_can_edit_organization(None, by):
        raise NotYours([_("Only the Organization Department keeps the register.")])
    rows, errors = read_workbook(file)
    stock = Stock(rows, by)
    broken = {(error.sheet, error.row) for error in errors}
    with transaction.atomic():
        report = ImportReport(dry_run, in_order([*errors, *check_rows(stock, broken)]))
        if report.ok:
            write_rows(stock, report, by=by)
        if not report.written:
            transaction.set_rollback(True)
    return report


def in_order(errors: Iterable[CellError]) -> list[CellError]:
    """Return errors as the workbook is read: sheet after sheet, row after row."""
    sheets = [sheet.title for sheet in SHEETS]
    return sorted(errors, key=lambda error: (sheets.index(error.sheet), error.row, error.column))
