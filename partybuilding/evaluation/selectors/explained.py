"""A project's result as its own organisations are told it: nothing of any other project, and nobody who judged."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from partybuilding.cycles.models import GradeClass
from partybuilding.evaluation.arithmetic.places import distance, most_lost, quarter_of
from partybuilding.evaluation.arithmetic.ranking import PARTS
from partybuilding.evaluation.models import Disagreement, Run
from partybuilding.evaluation.selectors.public import PUBLIC
from partybuilding.evaluation.selectors.results import Line, Reading
from partybuilding.evaluation.states import RunState
from partybuilding.projects.models import Project

#: What stands in a leader's words instead of a judge's name, of points, and of a rank.
SOMEBODY, SOME_POINTS, SOME_RANK = "某评委", "若干分", "某一名次"
_NUMERALS = "一二三四五六七八九十百零〇两"
#: 十分 and 百分 alone are words; of numerals in Chinese two make a number.
POINTS = re.compile(rf"(?:\d+(?:\.\d+)?|[{_NUMERALS}]{{2,}}(?:点[{_NUMERALS}]+)?)\s*分(?![钟之])")
RANK = re.compile(rf"第\s*(?:\d+|[{_NUMERALS}]+)\s*[名位]")


@dataclass(frozen=True)
class PartTold:
    """One part of a result: as given, as it counted, and in which quarter of all projects.

    Args:
        quarter: 0 to 3, the best first; None where there are too few projects to tell.
    """

    part: str
    weight: int
    raw: Fraction
    counted: Fraction
    quarter: int | None


@dataclass(frozen=True)
class Told:
    """What a project's organisations are told of its result.

    Args:
        parts: those that counted.
        missing: those that carry a weight in the year and were not scored for a recorded reason.
        above: the next better grade; None for the best.
        distance: points to the last project of that grade, rounded up to half points.
        lost: the part in which most is missing to the best quarter; "" for none.
        remark: what the leader of the group said of it, without names and points.
    """

    line: Line
    parts: tuple[PartTold, ...]
    missing: tuple[str, ...]
    above: GradeClass | None
    distance: Fraction | None
    lost: str
    remark: str


class Explained:
    """The lines of a run as each is told to those it concerns; read in a fixed number of queries."""

    def __init__(self, run: Run) -> None:
        self.run, self.reading = run, Reading(run)
        self.weights: dict[str, int] = run.inputs["rules"]["weights"]

    @cached_property
    def _fields(self) -> dict[str, list[Fraction]]:
        lines = self.reading.lines
        return {part: [one.parts[part] for one in lines if part in one.parts] for part in PARTS}

    @cached_property
    def _remarks(self) -> dict[int, str]:
        keys = [project.pk for project in self.reading.projects.values()]
        rows = Disagreement.objects.filter(project__in=keys).values_list("project", "words")
        names = self.reading.judges.values()
        return {project: without_names(words, names) for project, words in rows}

    def all(self) -> list[Told]:
        """Return every project by its number, so that the order tells nothing."""
        lines = sorted(self.reading.lines, key=lambda line: line.project.code or "")
        return [self._told(line) for line in lines]

    def of(self, project: int) -> Told | None:
        """Return what is told of one project by its key; None where the run does not have it."""
        name = self.reading.names.known.get(f"project:{project}", "")
        line = self.reading.line_of(name)
        return self._told(line) if line is not None else None

    def _told(self, line: Line) -> Told:
        weighed = [part for part in PARTS if self.weights.get(part)]
        above = self._above(line.grade)
        return Told(
            line=line,
            parts=tuple(
                PartTold(
                    part,
                    self.weights[part],
                    line.raw[part],
                    line.parts[part],
                    quarter_of(line.parts[part], self._fields[part]),
                )
                for part in weighed
                if part in line.parts
            ),
            missing=tuple(part for part in weighed if part not in line.parts),
            above=above,
            distance=None if above is None or line.override else self._distance(line, above),
            lost=most_lost(line.parts, self._fields, self.weights),
            remark=self._remarks.get(line.project.pk, ""),
        )

    def _above(self, grade: GradeClass | None) -> GradeClass | None:
        """Return the next better grade of the year that has places."""
        grades = [one for one in self.reading.grades.values() if one.quota]
        at = grades.index(grade) if grade in grades else len(grades)
        return grades[at - 1] if at else None

    def _distance(self, line: Line, above: GradeClass) -> Fraction | None:
        holders = [one.composite for one in self.reading.lines if one.ranked == above]
        return distance(line.composite, holders)


def without_names(words: str, names: Iterable[str]) -> str:
    """Return a leader's words without names of judges, points that somebody gave, and ranks."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        words = words.replace(name, SOMEBODY)
    return RANK.sub(SOME_RANK, POINTS.sub(SOME_POINTS, words))


def told_run(project: Project) -> Run | None:
    """Return the announced run that graded a project; None before."""
    rows = Run.objects.filter(cycle=project.cycle_id, state=RunState.ANNOUNCED)
    run = rows.select_related("cycle__evaluation").prefetch_related("cycle__grades").first()
    if run is None:
        return None
    graded = {row["project"] for row in run.rows}
    return run if run.names.get(f"project:{project.pk}") in graded else None


def is_told(run: Run) -> bool:
    """Whether a run's results have left the department: open to comment, or announced."""
    return bool(run.state in PUBLIC)
