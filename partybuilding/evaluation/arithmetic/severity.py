"""How severe each judge is, by what they and others gave the same projects: an exact additive model.

points = quality of the project + severity of the judge. Projects are eliminated, the severities of
all judges add up to 0. It can only be told where the judges hang together by projects that several
scored; groups without such a link cannot be compared (judging.md, facts 1, 2, 4 and 9).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from partybuilding.evaluation.arithmetic.solving import solve

#: A robust severity trusts a judge as if so many sheets more had shown no severity at all.
SHRINKING = 4


@dataclass(frozen=True)
class Sheet:
    """What one judge gave one project, in points."""

    judge: str
    project: str
    points: Fraction


class NotLinked(ValueError):
    """The judges fall into parts that no project joins; `parts` holds the judges of each."""

    def __init__(self, parts: list[list[str]]) -> None:
        super().__init__("No project joins these judges.")
        self.parts = parts


def linked_parts(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the judges in parts that hang together by shared projects, the largest part first.

    Args:
        pairs: judge and project of every sheet.
    """
    judges_of: dict[str, list[str]] = defaultdict(list)
    head: dict[str, str] = {}
    for judge, project in pairs:
        judges_of[project].append(judge)
        head.setdefault(judge, judge)

    def find(judge: str) -> str:
        while head[judge] != judge:
            head[judge] = judge = head[head[judge]]
        return judge

    for judges in judges_of.values():
        first = find(judges[0])
        for judge in judges[1:]:
            head[find(judge)] = first
    parts: dict[str, list[str]] = defaultdict(list)
    for judge in sorted(head):
        parts[find(judge)].append(judge)
    return sorted(parts.values(), key=lambda part: (-len(part), part))


def severities(sheets: Sequence[Sheet], *, robust: bool = False) -> dict[str, Fraction]:
    """Return for each judge by how many points they give more (+) or less (-) than the others.

    Args:
        robust: take back a part of the severity of judges who scored few projects (稳健).

    Raises:
        NotLinked: the judges cannot be compared.
    """
    if not sheets:
        return {}
    parts = linked_parts((sheet.judge, sheet.project) for sheet in sheets)
    if len(parts) > 1:
        raise NotLinked(parts)
    judges = parts[0]
    matrix, right, scale = _equations(sheets, judges)
    # The last judge stands at 0 first, then all are moved so that they add up to 0.
    numbers, divisor = solve([row[:-1] for row in matrix[:-1]], right[:-1])
    found = [Fraction(number, divisor * scale) for number in [*numbers, 0]]
    middle = sum(found, Fraction(0)) / len(judges)
    counts: dict[str, int] = defaultdict(int)
    for sheet in sheets:
        counts[sheet.judge] += 1
    return {
        judge: (value - middle) * (_trust(counts[judge]) if robust else 1)
        for judge, value in zip(judges, found, strict=True)
    }


def _trust(count: int) -> Fraction:
    return Fraction(count, count + SHRINKING)


def _equations(
    sheets: Sequence[Sheet], judges: list[str]
) -> tuple[list[list[int]], list[int], int]:
    """Return the equations of the severities in whole numbers, and what the points were multiplied by."""
    place = {judge: at for at, judge in enumerate(judges)}
    of_project: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        of_project[sheet.project].append(sheet)
    weight = lcm(*(len(group) for group in of_project.values()))
    scale = lcm(*(sheet.points.denominator for sheet in sheets))
    matrix = [[0] * len(judges) for _ in judges]
    right = [0] * len(judges)
    for group in of_project.values():
        share = weight // len(group)
        total = sum(int(sheet.points * scale) for sheet in group)
        for sheet in group:
            row = place[sheet.judge]
            right[row] += weight * int(sheet.points * scale) - share * total
            matrix[row][row] += weight
            for other in group:
                matrix[row][place[other.judge]] -= share
    return matrix, right, scale
