"""The use case: take a workbook of organisations and people over, or say why not."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.refusals import NotYours
from partybuilding.organizations.imports.apply import check_rows, write_rows
from partybuilding.organizations.imports.report import ImportReport
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
    report = ImportReport(dry_run, sorted(errors, key=lambda e: (e.sheet, e.row, e.column)))
    if not errors:
        report.errors = list(check_rows(rows))
    if report.errors:
        return report
    with transaction.atomic():
        write_rows(rows, report, by=by)
        if dry_run:
            transaction.set_rollback(True)
    return report
