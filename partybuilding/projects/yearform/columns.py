"""The answers to the years' own questions as columns of a file, one a question, over all years together."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from partybuilding.core.sheets import Sheet
from partybuilding.core.states import Text
from partybuilding.projects.models import Project
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.yearform.compose import RESULTS

#: What is asked of the project itself.
ASKED = ("", RESULTS)


def own_columns(projects: QuerySet[Project]) -> list[tuple[Text, Callable[[Project], Any]]]:
    """Return a column for every question that these projects were asked, in the order of the forms.

    A question of several years is one column, headed as it was called last; options never make columns.
    """
    versions = "sheet_version", "results_version"
    written = (
        projects.exclude(sheet_version=None, results_version=None)
        .order_by("cycle__year", *versions)
        .values_list(*versions)
        .distinct()
    )
    digests = [digest for both in written for digest in both if digest]
    sheets = [sheet_of(one).of(purpose) for one in dict.fromkeys(digests) for purpose in ASKED]

    def cells(project: Project) -> dict[str, Any]:
        asked = project.sheet.questions | project.results.questions
        return {key: question.cell(project) for key, question in asked.items()}

    return columns_of(sheets, cells)


def columns_of(
    sheets: Iterable[Sheet], cells: Callable[[Any], dict[str, Any]]
) -> list[tuple[Text, Callable[[Any], Any]]]:
    """Return a column for every question of some sheets.

    Args:
        cells: what a row says, by the keys of the questions.
    """
    labels = {key: one.label for sheet in sheets for key, one in sheet.questions.items()}
    row = Row(cells)
    return [(label, partial(row.cell, key)) for key, label in labels.items()]


class Row:
    """The cells of the row that is being written: what is asked of it is found once for all columns."""

    def __init__(self, cells: Callable[[Any], dict[str, Any]]) -> None:
        self._find = cells
        self._record: Any = None
        self._cells: dict[str, Any] = {}

    def cell(self, key: str, record: Any) -> Any:
        """Return what a record says to a question; nothing where it is not asked."""
        if record is not self._record:
            self._record, self._cells = record, self._find(record)
        return self._cells.get(key, "")
