"""What an import found and did: errors by sheet, row and column, and counts."""

import json
from dataclasses import astuple, dataclass, field
from hashlib import sha256

from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class CellError:
    """One cell that cannot be taken over, and what to do about it."""

    sheet: str
    row: int
    column: int
    heading: str
    message: str

    @property
    def place(self) -> str:
        """The cell as the spreadsheet names it, e.g. "C5"; the bare row when no cell is meant."""
        return f"{get_column_letter(self.column)}{self.row}" if self.column else str(self.row)


@dataclass
class Tally:
    """How many rows were new, changed or as before."""

    created: int = 0
    changed: int = 0
    same: int = 0

    @property
    def total(self) -> int:
        """All rows."""
        return self.created + self.changed + self.same


@dataclass(frozen=True)
class Change:
    """What an import does with one row: a new one has no `old`, and its words in `new`."""

    sheet: str
    row: int
    label: str
    heading: str
    old: str
    new: str
    is_new: bool = False


@dataclass
class ImportReport:
    """The result of a dry run or of an import.

    Args:
        notes: what was passed over in the file.
        overtaken: the register changed since the rows were shown; nothing was written.
    """

    dry_run: bool
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    overtaken: bool = False
    organizations: Tally = field(default_factory=Tally)
    people: Tally = field(default_factory=Tally)

    @property
    def ok(self) -> bool:
        """Whether everything can be (or was) taken over."""
        return not self.errors

    @property
    def written(self) -> bool:
        """Whether the rows are in the database now."""
        return self.ok and not self.dry_run and not self.overtaken

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to confirm."""
        return self.ok and bool(self.changes)

    @property
    def plan(self) -> str:
        """Return what tells whether an import would do what was shown."""
        facts = [astuple(change) for change in self.changes]
        return sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
