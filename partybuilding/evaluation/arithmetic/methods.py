"""How several judges' points become one score of a project: the methods that a year can choose."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeVar

from partybuilding.evaluation.arithmetic.severity import Sheet, severities

Points = Mapping[str, list[Fraction]]
#: Points alone, or with the judge who gave them.
Value = TypeVar("Value", Fraction, tuple[Fraction, str])
#: From so many sheets on the highest and the lowest are left out: of 3 only the median would be left.
DROPPING_FROM = 5
#: Square roots have no end; all are cut off after so many digits, on every machine alike.
ROOTS = Context(prec=40)


@dataclass(frozen=True)
class Scored:
    """The scores of all projects by one method.

    Args:
        scores: by project, exact, in points.
        raw: the plain means, whatever the method.
        severity: by judge, where the method looks at it.
        corrected: the points of every sheet as they counted, by judge and project.
    """

    scores: Mapping[str, Fraction]
    raw: Mapping[str, Fraction]
    severity: Mapping[str, Fraction] = field(default_factory=dict)
    corrected: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of one value or more."""
    return sum(values, Fraction(0)) / len(values)


def is_trimming(method: str) -> bool:
    """Tell whether a method leaves out the highest and the lowest points."""
    return method.endswith("trimmed")


def without_ends(values: Sequence[Value]) -> Sequence[Value]:
    """Return the values without one highest and one lowest, from five values on."""
    return sorted(values)[1:-1] if len(values) >= DROPPING_FROM else values


def trimmed(values: Sequence[Fraction]) -> Fraction:
    """Return the mean without one highest and one lowest value, from five values on."""
    return mean(without_ends(values))


def spread(values: Sequence[Fraction]) -> Fraction:
    """Return the standard deviation, cut off after 40 digits."""
    middle = mean(values)
    return root(mean([(value - middle) ** 2 for value in values]))


def root(value: Fraction) -> Fraction:
    """Return the square root, cut off after 40 digits."""
    number = ROOTS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Fraction(ROOTS.sqrt(number))


def _by_project(sheets: Sequence[Sheet], points: Mapping[tuple[str, str], Fraction]) -> Points:
    found: dict[str, list[Fraction]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.project].append(points[sheet.judge, sheet.project])
    return found


def _gathered(
    sheets: Sequence[Sheet],
    together: Callable[[Sequence[Fraction]], Fraction],
    *,
    corrected: bool,
    robust: bool,
) -> Scored:
    plain = {(sheet.judge, sheet.project): sheet.points for sheet in sheets}
    severity = severities(sheets, robust=robust) if corrected else {}
    points = {key: value - severity.get(key[0], 0) for key, value in plain.items()}
    raw = {project: mean(values) for project, values in _by_project(sheets, plain).items()}
    scores = {project: together(values) for project, values in _by_project(sheets, points).items()}
    return Scored(scores, raw, severity, points)


def _within_groups(sheets: Sequence[Sheet], groups: Mapping[str, str]) -> Scored:
    """Set every group to one mean and spread: fair only where groups got equally good projects by chance."""
    plain = _gathered(sheets, mean, corrected=False, robust=False)
    members: dict[str, list[str]] = defaultdict(list)
    for project in plain.raw:
        members[groups.get(project, "")].append(project)
    everything = list(plain.raw.values())
    middle, width = mean(everything), spread(everything)
    scores: dict[str, Fraction] = {}
    for projects in members.values():
        values = [plain.raw[project] for project in projects]
        own_middle, own_width = mean(values), spread(values)
        for project in projects:
            off = (plain.raw[project] - own_middle) / own_width if own_width else Fraction(0)
            scores[project] = middle + off * width
    return Scored(scores, plain.raw, corrected=plain.corrected)


#: The methods by code; the default of a year is the last but one (judging.md, fact 3).
METHODS = ("raw", "trimmed", "two_way", "two_way_trimmed", "z_groups")


def scored(
    method: str,
    sheets: Sequence[Sheet],
    *,
    groups: Mapping[str, str] | None = None,
    robust: bool = False,
) -> Scored:
    """Return the scores of all projects that have a sheet.

    Args:
        method: one of METHODS.
        groups: by project, the expert group that visited it; asked by `z_groups` only.
        robust: take back a part of the severity of judges with few sheets.

    Raises:
        NotLinked: the method compares judges whom no project joins.
    """
    if method == "z_groups":
        return _within_groups(sheets, groups or {})
    together = trimmed if is_trimming(method) else mean
    return _gathered(sheets, together, corrected=method.startswith("two_way"), robust=robust)
