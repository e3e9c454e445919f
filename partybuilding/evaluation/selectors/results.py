"""A run read again with names: its lines, how each came about, what differs from another, how judges judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from partybuilding.cycles.models import GradeClass
from partybuilding.evaluation.arithmetic.facts import (
    PARTS,
    Inputs,
)
from partybuilding.evaluation.arithmetic.methods import is_trimming, without_ends
from partybuilding.evaluation.arithmetic.written import inputs_read
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.gathering import Names
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project


@dataclass(frozen=True)
class Line:
    """One project of a run, with its name.

    Args:
        name: the random name in the run.
        raw, parts: points by part, as given and as weighed.
        override: what the department changed, with its reason; None where the rank decides.
        without: grades that it would have without one judge or another; None where that was not tried.
        higher, lower: points of one expert to the next boundary; None where there is none.
    """

    name: str
    project: Project
    rank: int
    tie: str
    composite: Fraction
    raw: Mapping[str, Fraction]
    parts: Mapping[str, Fraction]
    grade: GradeClass | None
    ranked: GradeClass | None
    override: Mapping[str, Any] | None
    bonus: str
    yuan: int
    without: tuple[GradeClass | None, ...] | None
    higher: Fraction | None
    lower: Fraction | None


@dataclass(frozen=True)
class Mark:
    """What one judge gave a project: as given, as corrected, and whether it was left out."""

    judge: str
    group: str
    points: Fraction
    corrected: Fraction
    is_written: bool
    is_dropped: bool


class Reading:
    """A run with the names behind it; every table is read in a fixed number of queries."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.names = Names(dict(run.names))

    @cached_property
    def inputs(self) -> Inputs:
        """What it rests on."""
        return inputs_read(self.run.inputs)

    @cached_property
    def grades(self) -> dict[str, GradeClass]:
        """The grades of the year by code."""
        return {grade.code: grade for grade in self.run.cycle.grades.all()}

    @cached_property
    def projects(self) -> dict[str, Project]:
        """The projects by random name."""
        behind = self.names.behind("project")
        rows = Project.objects.filter(pk__in=behind.values())
        found = {one.pk: one for one in rows.select_related("organization__unit")}
        return {name: found[key] for name, key in behind.items() if key in found}

    @cached_property
    def judges(self) -> dict[str, str]:
        """The names of the experts by random name."""
        behind = self.names.behind("judge")
        found = get_user_model().objects.in_bulk(behind.values())
        return {name: found[key].get_full_name() for name, key in behind.items() if key in found}

    @cached_property
    def reviewers(self) -> dict[str, str]:
        """The names of the reviewing organisations by random name."""
        behind = self.names.behind("organization")
        found = Organization.objects.in_bulk(behind.values())
        return {name: found[key].name for name, key in behind.items() if key in found}

    @cached_property
    def lines(self) -> list[Line]:
        """The lines, the best first."""
        changed = {one["project"]: one for one in self.run.overrides}
        return [self._line(row, changed.get(row["project"])) for row in self.run.rows]

    def _line(self, row: Mapping[str, Any], changed: Mapping[str, Any] | None) -> Line:
        firmness = self.run.firmness.get(row["project"], {})
        without = firmness.get("without")
        return Line(
            name=row["project"],
            project=self.projects[row["project"]],
            rank=row["rank"],
            tie=row["tie"],
            composite=Fraction(row["composite"]),
            raw={part: Fraction(value) for part, value in row["raw"].items()},
            parts={part: Fraction(value) for part, value in row["parts"].items()},
            grade=self.grades.get(row["grade"]),
            ranked=self.grades.get(row["ranked_grade"]),
            override=changed,
            bonus=row["bonus"],
            yuan=row["yuan"],
            without=None if without is None else tuple(map(self.grades.get, without)),
            higher=_number(firmness.get("higher")),
            lower=_number(firmness.get("lower")),
        )

    def line_of(self, name: str) -> Line | None:
        """Return one line."""
        return next((line for line in self.lines if line.name == name), None)

    @property
    def counts(self) -> Counter[str]:
        """How many projects have each grade, by code; "" are those without."""
        return Counter(row["grade"] for row in self.run.rows)

    @property
    def firm(self) -> str:
        """How many grades no single judge decides, in one sentence; nothing where that was not tried."""
        tried = [one["without"] for one in self.run.firmness.values()]
        if None in tried:
            return ""
        facts = {"firm": sum(not grades for grades in tried), "whole": len(self.run.rows)}
        return _("Of %(whole)s grades %(firm)s do not depend on any single judge.") % facts

    @property
    def weights(self) -> list[tuple[str, int, Fraction | None]]:
        """By part: the nominal weight and the effective one, in percent."""
        effective = self.run.result["weights"]
        return [
            (part, weight, _number(effective.get(part)))
            for part in PARTS
            if (weight := self.run.inputs["rules"]["weights"].get(part))
        ]

    @cached_property
    def severity(self) -> dict[str, Fraction]:
        """By judge how many points more or less they give than the others."""
        return {name: Fraction(value) for name, value in self.run.result["severity"].items()}

    def marks_of(self, name: str) -> list[Mark]:
        """Return what the experts gave a project, and what of it counted how."""
        own = [sheet for sheet in self.inputs.sheets if sheet.project == name]
        counted = {sheet.judge: sheet.points - self.severity.get(sheet.judge, 0) for sheet in own}
        kept = set(counted)
        if is_trimming(self.inputs.rules.method):
            kept = {judge for _points, judge in without_ends([(counted[one], one) for one in kept])}
        groups = {entry.project: entry.group for entry in self.inputs.entries}
        return [
            Mark(
                judge=self.judges.get(sheet.judge, sheet.judge),
                group=groups[name],
                points=sheet.points,
                corrected=counted[sheet.judge],
                is_written=(sheet.judge, name) in self.inputs.written,
                is_dropped=sheet.judge not in kept,
            )
            for sheet in own
        ]

    def peers_of(self, name: str) -> list[tuple[str, Fraction]]:
        """Return what the reviewing organisations gave a project."""
        return [
            (self.reviewers.get(sheet.judge, sheet.judge), sheet.points)
            for sheet in self.inputs.peers
            if sheet.project == name
        ]


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
