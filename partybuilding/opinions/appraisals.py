"""When a project is appraised by the public, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from partybuilding.core.answers.wording import worded
from partybuilding.opinions.models import AppraisalSheet
from partybuilding.opinions.models.appraisal import period_of, step_counts
from partybuilding.opinions.questions import QUESTIONS, Period, is_enough, share
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle

#: From the results on: before, nobody can say whether the promises were kept.
APPRAISED = (ProjectState.RESULTS_SUBMITTED, ProjectState.GRADED)


def is_open_for(project: Project, today: date | None = None) -> bool:
    """Tell whether sheets on a project are taken on a day."""
    today = today or timezone.localdate()
    return project.state in APPRAISED and period_of(project.cycle).is_open(today)


@dataclass(frozen=True)
class Result:
    """What residents said of a project.

    Args:
        number: how many sheets there are.
        counts: for each question how often each step of its scale was chosen.
    """

    period: Period
    number: int
    counts: Mapping[str, Mapping[str, int]]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough sheets for figures."""
        return is_enough(self.number)

    def rows(self) -> list[list[Any]]:
        """Return the result as the rows of a table: question, answer, number, share; none below ten."""
        if not self.is_enough:
            return []
        return [
            [
                question.text if at == 0 else "",
                label,
                _cell(count),
                _cell(share(count, self.number)),
            ]
            for name, question in QUESTIONS.items()
            for at, (label, count) in enumerate(
                (label, self.counts[name][code]) for code, label in question.choices
            )
        ]


def _cell(value: Any) -> dict[str, Any]:
    return {"text": value, "numeric": True}


def result_of(project: Project) -> Result:
    """Return what residents said of a project."""
    counted = next(iter(_counted(project.pk)), Counter())
    counts = {
        name: {code: counted[f"{name}_{code}"] for code, _label in question.choices}
        for name, question in QUESTIONS.items()
    }
    number = sum(counts[next(iter(QUESTIONS))].values())
    return Result(period_of(project.cycle), number, counts)


@worded
def _counted(project: int) -> "QuerySet[AppraisalSheet, dict[str, int]]":
    """Count the answers of the sheets on a project; no row for none."""
    rows = AppraisalSheet.objects.filter(project=project).order_by().values("project")
    return rows.annotate(**step_counts())  # type: ignore[return-value]


def sheets_of(cycle: "Cycle") -> int:
    """Count the sheets of a year."""
    return AppraisalSheet.objects.filter(project__cycle=cycle).count()
