"""Forms that are handed in, as data: fields, parts, and the questions that one year alone asks."""

from partybuilding.core.sheets.fields import (
    Choice,
    Condition,
    Fact,
    Field,
    Line,
    LongText,
    Reference,
    Rows,
    Snapshot,
    Telephone,
)
from partybuilding.core.sheets.whole import Part, Sheet

__all__ = [
    "Choice",
    "Condition",
    "Fact",
    "Field",
    "Line",
    "LongText",
    "Part",
    "Reference",
    "Rows",
    "Sheet",
    "Snapshot",
    "Telephone",
]
