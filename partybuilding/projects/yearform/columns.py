"""The answers to the years' own questions as columns of a file, one a question, over all years together."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from partybuilding.core.states import Text
from partybuilding.projects.models import Project
from partybuilding.projects.models.sheets import sheet_of


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
    labels = {
        key: question.label
        for digest in dict.fromkeys(digests)
        for key, question in sheet_of(digest).questions.items()
    }
    row = Row()
    return [(label, partial(row.cell, key)) for key, label in labels.items()]


class Row:
    """The cells of the row that is being written: what is asked of a project is found once for all columns."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._cells: dict[str, Any] = {}

    def cell(self, key: str, project: Project) -> Any:
        """Return what a project says to a question; nothing where it is not asked."""
        if project is not self._project:
            asked = project.sheet.questions | project.results.questions
            self._project = project
            self._cells = {one: question.cell(project) for one, question in asked.items()}
        return self._cells.get(key, "")
