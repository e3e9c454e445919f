"""Organisations and people from a workbook: template, dry run, errors by cell, all or nothing."""

from partybuilding.organizations.imports.columns import template_workbook
from partybuilding.organizations.imports.report import CellError, Change, ImportReport
from partybuilding.organizations.imports.workbook import NotAWorkbook, read_workbook

__all__ = [
    "CellError",
    "Change",
    "ImportReport",
    "NotAWorkbook",
    "read_workbook",
    "template_workbook",
]
