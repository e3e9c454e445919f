"""How well each method finds the best projects, over 1,000 invented years a cell: python benchmarks/judging.py

Quality of 64 projects N(85, 4); a judge's severity N(0, spread), 60 % of its variance shared by the group; noise
N(0, 4); half points. A rogue judge gives one mediocre project of the own group 12 points more and its rivals 6 less.
"Best 13" is the share of the truly best 13 that a method puts there; "same grade" the share of all projects with
the grade that their true quality deserves.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from partybuilding.evaluation.arithmetic.linking import link
from partybuilding.evaluation.arithmetic.lots import Lots
from partybuilding.evaluation.arithmetic.methods import METHODS, scored
from partybuilding.evaluation.arithmetic.severity import NotLinked, Sheet

PROJECTS, GROUPS, BEST = 64, 6, 13
PLACES = (1, 12, 32, 19)


@dataclass(frozen=True)
class Year:
    """One cell of the grid.

    Args:
        severity: standard deviation of the judges' severity, in points.
        rogues: groups that have a judge who favours a friend.
        by_field: groups are cut by field, so that their projects are not equally good.
    """

    severity: float = 4
    judges: int = 5
    cross: int = 3
    rogues: int = 0
    by_field: bool = False


def half(points: float) -> Fraction:
    """Round to half points between 0 and 100."""
    return Fraction(round(max(0.0, min(100.0, points)) * 2), 2)


def sheets_of(
    year: Year, random: Random, links: list[tuple[str, str]], groups: dict[str, str]
) -> tuple[dict[str, float], list[Sheet]]:
    """Invent a year: the true quality of its projects, and what the judges gave."""
    names = list(groups)
    quality = {name: random.gauss(85, 4) for name in names}
    if year.by_field:  # the best projects of a field lie in one group
        shift = {f"g{at}": random.gauss(0, 3) for at in range(GROUPS)}
        quality = {name: value + shift[groups[name]] for name, value in quality.items()}
    shared = {f"g{at}": random.gauss(0, year.severity * 0.6**0.5) for at in range(GROUPS)}
    severity = {
        f"g{at}j{number}": shared[f"g{at}"] + random.gauss(0, year.severity * 0.4**0.5)
        for at in range(GROUPS)
        for number in range(year.judges)
    }
    friends = {}
    for at in range(year.rogues):
        own = sorted((one for one in names if groups[one] == f"g{at}"), key=quality.get)
        friends[f"g{at}j0"] = own[len(own) // 2]
    pairs = [(f"{groups[one]}j{n}", one) for one in names for n in range(year.judges)] + links
    found = []
    for judge, name in pairs:
        favour = (12 if friends[judge] == name else -6) if judge in friends else 0
        points = quality[name] + severity[judge] + random.gauss(0, 4) + favour
        found.append(Sheet(judge, name, half(points)))
    return quality, found


def graded(scores: dict[str, float] | dict[str, Fraction]) -> dict[str, int]:
    """Return by project the number of its grade."""
    order = sorted(scores, key=lambda name: (-scores[name], name))
    codes = [grade for grade, places in enumerate(PLACES) for _ in range(places)]
    return dict(zip(order, codes, strict=True))


def measured(year: Year, runs: int, seed: int) -> dict[str, tuple[float, float]]:
    """Return by method the share of the best 13 found and of grades that are right, in percent."""
    random = Random(seed)
    groups = {f"p{at:02d}": f"g{at % GROUPS}" for at in range(PROJECTS)}
    panel = {f"g{at}": [f"g{at}j{n}" for n in range(year.judges)] for at in range(GROUPS)}
    drawn = [list(link(panel, groups, year.cross, set(), Lots(f"{n}")).pairs) for n in range(10)]
    best = dict.fromkeys(METHODS, 0)
    same = dict.fromkeys(METHODS, 0)
    for number in range(runs):
        quality, sheets = sheets_of(year, random, drawn[number % 10], groups)
        true = graded(quality)
        for method in METHODS:
            try:
                scores = dict(scored(method, sheets, groups=groups).scores)
            except NotLinked:
                continue
            told = graded(scores)
            best[method] += sum(true[one] < 2 and told[one] < 2 for one in true)
            same[method] += sum(true[one] == told[one] for one in true)
    return {
        method: (100 * best[method] / (BEST * runs), 100 * same[method] / (PROJECTS * runs))
        for method in METHODS
    }


def grid() -> Iterator[Year]:
    """Yield the cells: the reference point first, then each thing varied, rogues and fields crossed."""
    yield Year()
    for severity in (1, 2, 6):
        yield Year(severity=severity)
    for judges in (3, 7):
        yield Year(judges=judges)
    for cross in (0, 1, 2, 4):
        yield Year(cross=cross)
    for rogues, by_field in product((0, 3, 6), (False, True)):
        if rogues or by_field:
            yield Year(rogues=rogues, by_field=by_field)


def main() -> None:
    """Print the grid as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    began = process_time()
    print("| severity | judges | cross | rogues | groups |", " | ".join(METHODS), "|")
    print("|---" * (5 + len(METHODS)) + "|")
    for year in grid():
        found = measured(year, asked.runs, asked.seed)
        cells = [f"{best:.1f} / {same:.1f}" if same else "—" for best, same in found.values()]
        cut = "by field" if year.by_field else "by lot"
        print(
            f"| {year.severity} | {year.judges} | {year.cross} | {year.rogues} | {cut} |",
            " | ".join(cells),
            "|",
            flush=True,
        )
    print(f"\n{asked.runs} runs a cell, {process_time() - began:.0f} s of processor time.")


if __name__ == "__main__":
    main()
