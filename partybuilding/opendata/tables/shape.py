"""What a table of the open data is: its columns, which rows it holds, what names a row, what it refers to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.registers.exports import ExportColumn
from partybuilding.core.states import Text


@dataclass(frozen=True)
class Sources:
    """What the rows of every table are read with.

    Args:
        today: the day that states and lateness are told of.
        absolute: makes an address of the site one that others find.
        codes: the numbers of the projects that the table of projects holds.
    """

    today: date
    absolute: Callable[[str], str]
    codes: frozenset[str]

    def listed(self, code: str) -> str:
        """Return the number of a project, empty when residents cannot read its page."""
        return code if code in self.codes else ""


@dataclass(frozen=True)
class Table:
    """One table.

    Args:
        name: of its files, and in SQLite.
        about: one sentence for whoever asks what a row is.
        rows: reads what residents may read, in a fixed order.
        key: the column that names a row.
        refers: by column, the table whose key stands in it.
    """

    name: str
    title: Text
    about: Text
    columns: tuple[ExportColumn, ...]
    rows: Callable[[Sources], Iterable[Any]]
    key: str
    refers: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_cells(self) -> tuple[ExportColumn, ...]:
        """The columns of its CSV; codes stand in JSON alone where the word beside them says the same."""
        return tuple(column for column in self.columns if column.heading)

    def column(self, name: str) -> ExportColumn:
        """Return one of its columns."""
        return next(column for column in self.columns if column.name == name)


def project_column(value: Callable[[Any], str]) -> ExportColumn:
    """Return the column that leads to the table of projects."""
    return ExportColumn(
        gettext_lazy("Project number"),
        value,
        "project",
        meaning=gettext_lazy("Of the project, as in the table of projects."),
    )


DAYS, ITEMS, STEPS = (
    pgettext_lazy("unit", "days"),
    pgettext_lazy("unit", "opinions"),
    pgettext_lazy("unit", "steps"),
)
