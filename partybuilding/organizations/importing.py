"""The use case: take a workbook of organisations and people over, or say why not."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import NotYours
from partybuilding.core.types import AnyUser
from partybuilding.organizations.imports.apply import write_rows
from partybuilding.organizations.imports.check import Stock, check_rows
from partybuilding.organizations.imports.columns import SHEETS
from partybuilding.organizations.imports.report import CellError, ImportReport
from partybuilding.organizations.imports.workbook import read_workbook
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import user_can_edit_organization


def import_workbook(file: Any, *, by: AnyUser, dry_run: bool, shown: str = "") -> ImportReport:
    """Check a workbook and, unless it is a dry run or anything is wrong, write all of it.

    Safe to repeat: what is there already is left as it is.

    Args:
        shown: the `plan` that the person confirms; with another one nothing is written.

    Raises:
        NotYours: only the department and administrators keep the register.
        NotAWorkbook: the file is no workbook of the template's shape.
    """
    if not user_can_edit_organization(None, by):
        raise NotYours([_("Only the Organization Department keeps the register.")])
    reading = read_workbook(file)
    broken = {(error.sheet, error.row) for error in reading.errors}
    with transaction.atomic():
        _one_at_a_time()
        stock = Stock(reading.rows, by)
        found = in_order([*reading.errors, *check_rows(stock, broken)])
        report = ImportReport(dry_run, found, reading.notes)
        if report.ok:
            write_rows(stock, report, by=by)
        report.overtaken = bool(shown) and report.ok and report.plan != shown
        if not report.written:
            transaction.set_rollback(True)
    return report


def _one_at_a_time() -> None:
    """Let two people who confirm at once follow one another; the second sees what the first wrote."""
    Organization.objects.select_for_update().order_by("pk").first()


def in_order(errors: Iterable[CellError]) -> list[CellError]:
    """Return errors as the workbook is read: sheet after sheet, row after row."""
    sheets = [sheet.title for sheet in SHEETS]
    return sorted(errors, key=lambda error: (sheets.index(error.sheet), error.row, error.column))
