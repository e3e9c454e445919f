"""How firm the grades stand: without any one judge, by other methods, and how far the next boundary is."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from partybuilding.evaluation.arithmetic.facts import (
    Incomplete,
    Inputs,
    Row,
    Rules,
    Table,
)
from partybuilding.evaluation.arithmetic.methods import METHODS
from partybuilding.evaluation.arithmetic.ranking import table_of
from partybuilding.evaluation.arithmetic.severity import NotLinked

#: With more judges than this the year is not computed once more without each of them: it would take minutes.
MOST_JUDGES = 60


@dataclass(frozen=True)
class Firmness:
    """What becomes of one project's grade.

    Args:
        without: the grades that it would have if one judge or another had scored nothing; None where
            there are too many judges to try it.
        higher: by how many points of one expert it misses the next better grade; None at the top.
        lower: by how many points of one expert it keeps its grade; None when nothing lies below.
    """

    without: frozenset[str] | None
    higher: Fraction | None
    lower: Fraction | None


def firmness_of(inputs: Inputs, table: Table) -> dict[str, Firmness]:
    """Return by project how firm its ranked grade is; overrides are left out of account.

    Leaving out a judge whose sheets alone join two groups cannot be reckoned and tells nothing.
    """
    judges = sorted({sheet.judge for sheet in inputs.sheets})
    others = _without_each(inputs, table, judges) if len(judges) <= MOST_JUDGES else {}
    distances = _distances(inputs, table)
    return {
        row.project: Firmness(others.get(row.project), *distances[row.project])
        for row in table.rows
    }


def _without_each(inputs: Inputs, table: Table, judges: Sequence[str]) -> dict[str, frozenset[str]]:
    plain = Inputs(inputs.rules, inputs.entries, inputs.sheets, inputs.peers, inputs.written)
    own = {row.project: row.ranked_grade for row in table.rows}
    other: dict[str, set[str]] = {project: set() for project in own}
    for judge in judges:
        try:
            without = table_of(plain.without_judge(judge))
        except (Incomplete, NotLinked):
            continue
        for project, grade in without.grades.items():
            if grade != own[project]:
                other[project].add(grade)
    return {project: frozenset(grades) for project, grades in other.items()}


def _distances(inputs: Inputs, table: Table) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    rows, sheets = table.rows, [sheet.project for sheet in inputs.sheets]
    edges = [at for at in range(1, len(rows)) if rows[at].ranked_grade != rows[at - 1].ranked_grade]
    found = {}
    for at, row in enumerate(rows):
        above = max((edge for edge in edges if edge <= at), default=None)
        below = min((edge for edge in edges if edge > at), default=None)
        weight = Fraction(inputs.rules.weights.get("expert", 0), 100)
        point = weight / sheets.count(row.project) if row.project in sheets else Fraction(0)
        found[row.project] = (
            _in_points(rows[above - 1], row, point) if above is not None else None,
            _in_points(row, rows[below], point) if below is not None else None,
        )
    return found


def _in_points(better: Row, worse: Row, point: Fraction) -> Fraction | None:
    return (better.composite - worse.composite) / point if point else None


def compared(inputs: Inputs, methods: Sequence[str] = METHODS) -> dict[str, Table | None]:
    """Return the table of every method, None for those that these sheets do not allow."""
    found: dict[str, Table | None] = {}
    for method in methods:
        rules = Rules(**{**vars(inputs.rules), "method": method})
        try:
            found[method] = table_of(
                Inputs(rules, inputs.entries, inputs.sheets, inputs.peers, inputs.written)
            )
        except (Incomplete, NotLinked):
            found[method] = None
    return found
