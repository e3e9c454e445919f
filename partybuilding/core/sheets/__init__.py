"""A form that is handed in, as data: every screen, snapshot, rule and paper is a loop over it (ADR 0043)."""

from partybuilding.core.sheets.fields import (
    Choice,
    Fact,
    Field,
    Line,
    LongText,
    Reference,
    Rows,
    Telephone,
)
from partybuilding.core.sheets.sheet import Part, Sheet

__all__ = [
    "Choice",
    "Fact",
    "Field",
    "Line",
    "LongText",
    "Part",
    "Reference",
    "Rows",
    "Sheet",
    "Telephone",
]
