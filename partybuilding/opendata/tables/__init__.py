"""The tables of the open data, in the order in which they are shown."""

from partybuilding.opendata.tables.column import PROJECTS, SUPERVISION
from partybuilding.opendata.tables.letterbox import OPINIONS
from partybuilding.opendata.tables.outcomes import BRANDS, CASES, GRADES
from partybuilding.opendata.tables.promises import CHANGES, COMMITMENTS, STEPS
from partybuilding.opendata.tables.reports import UPDATES
from partybuilding.opendata.tables.shape import Sources, Table

TABLES: tuple[Table, ...] = (
    PROJECTS,
    COMMITMENTS,
    STEPS,
    UPDATES,
    CHANGES,
    SUPERVISION,
    GRADES,
    OPINIONS,
    CASES,
    BRANDS,
)

__all__ = ["TABLES", "Sources", "Table"]
