"""A run beside others and by its judges: other methods, another run, how experts judged, where they differ."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from partybuilding.cycles.models import GradeClass
from partybuilding.evaluation.arithmetic.methods import METHODS, mean
from partybuilding.evaluation.arithmetic.stability import compared
from partybuilding.evaluation.models import Disagreement
from partybuilding.evaluation.selectors.results import Line, Reading
from partybuilding.projects.models import Project


@dataclass(frozen=True)
class Compared:
    """A project under every method: its rank and grade, None where a method cannot be reckoned."""

    line: Line
    found: tuple[tuple[int, GradeClass | None] | None, ...]

    @property
    def differs(self) -> bool:
        """Whether some method gives another grade than the run does."""
        return any(one is not None and one[1] != self.line.ranked for one in self.found)


def comparison(reading: Reading) -> list[Compared]:
    """Return every project under every method, in the order of METHODS."""
    tables = compared(reading.inputs)
    ranks = {
        method: {row.project: (row.rank, row.ranked_grade) for row in table.rows}
        for method, table in tables.items()
        if table is not None
    }
    return [
        Compared(
            line,
            tuple(
                (ranks[method][line.name][0], reading.grades.get(ranks[method][line.name][1]))
                if method in ranks
                else None
                for method in METHODS
            ),
        )
        for line in reading.lines
    ]


@dataclass(frozen=True)
class Change:
    """A project in two runs; one side is None where a run does not have it."""

    project: Project
    before: Line | None
    after: Line | None


def changes(before: Reading, after: Reading) -> list[Change]:
    """Return the projects whose rank, points or grade differ between two runs, by number."""
    old = {line.project.pk: line for line in before.lines}
    new = {line.project.pk: line for line in after.lines}
    found = [
        Change((new.get(key) or old[key]).project, old.get(key), new.get(key))
        for key in old.keys() | new.keys()
        if key not in old
        or key not in new
        or (old[key].rank, old[key].composite, old[key].grade)
        != (new[key].rank, new[key].composite, new[key].grade)
    ]
    return sorted(found, key=lambda one: one.project.code or "")


@dataclass(frozen=True)
class Judging:
    """How one expert judged: sheets, mean and range of what was given, severity, and how far off the others.

    Args:
        residual: the mean distance of the corrected points from the project's score, in points.
    """

    judge: str
    sheets: int
    given: Fraction
    lowest: Fraction
    highest: Fraction
    severity: Fraction | None
    residual: Fraction


def judging_of(reading: Reading) -> list[Judging]:
    """Return how every expert judged, the most severe first."""
    scores: dict[str, list[Fraction]] = defaultdict(list)
    for sheet in reading.inputs.sheets:
        scores[sheet.project].append(sheet.points - reading.severity.get(sheet.judge, 0))
    middle = {project: mean(values) for project, values in scores.items()}
    own: dict[str, list[Any]] = defaultdict(list)
    for sheet in reading.inputs.sheets:
        own[sheet.judge].append(sheet)
    found = [
        Judging(
            judge=reading.judges.get(judge, judge),
            sheets=len(sheets),
            given=mean([sheet.points for sheet in sheets]),
            lowest=min(sheet.points for sheet in sheets),
            highest=max(sheet.points for sheet in sheets),
            severity=reading.severity.get(judge),
            residual=mean(
                [
                    abs(sheet.points - reading.severity.get(judge, 0) - middle[sheet.project])
                    for sheet in sheets
                ]
            ),
        )
        for judge, sheets in own.items()
    ]
    return sorted(found, key=lambda one: (one.severity or Fraction(0), one.judge))


@dataclass(frozen=True)
class Apart:
    """A project on which its experts lie far apart, with what the leader of the group said of it."""

    project: Project
    lowest: Fraction
    highest: Fraction
    said: Disagreement | None

    @property
    def range(self) -> Fraction:
        """From the lowest to the highest, in points."""
        return self.highest - self.lowest


def disagreements(reading: Reading) -> list[Apart]:
    """Return the projects whose range lies over the limit of the year, the widest first."""
    limit = reading.run.cycle.evaluation.disagreement
    points: dict[str, list[Fraction]] = defaultdict(list)
    for sheet in reading.inputs.sheets:
        if (sheet.judge, sheet.project) not in reading.inputs.written:
            points[sheet.project].append(sheet.points)
    keys = [project.pk for project in reading.projects.values()]
    said = {one.project_id: one for one in Disagreement.objects.filter(project__in=keys)}
    found = [
        Apart(project, min(points[name]), max(points[name]), said.get(project.pk))
        for name, project in reading.projects.items()
        if name in points and max(points[name]) - min(points[name]) > limit
    ]
    return sorted(found, key=lambda one: -one.range)
