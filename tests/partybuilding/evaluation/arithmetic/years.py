"""Invented years for the arithmetic: judges of different severity, projects of known quality."""

from fractions import Fraction
from random import Random

from partybuilding.evaluation.arithmetic.facts import (
    Entry,
    Grade,
    Inputs,
    Rules,
)
from partybuilding.evaluation.arithmetic.severity import Sheet

WEIGHTS = {"expert": 50, "daily": 20, "initial": 10, "peer": 20}
GRADES = (Grade("first", 2, "1.5", 9000), Grade("second", 3, "1", 4000))


def half(points: float) -> Fraction:
    """Round to half points between 0 and 100."""
    return max(Fraction(0), min(Fraction(100), Fraction(round(points * 2), 2)))


def year(
    seed: int = 1, projects: int = 8, groups: int = 2, judges: int = 3, **rules: object
) -> Inputs:
    """Return a year in which every group visits its projects and each judge scores one of another group."""
    random = Random(seed)
    names = [f"p{number:03d}" for number in range(projects)]
    quality = {name: random.gauss(85, 5) for name in names}
    group_of = {name: f"g{at % groups}" for at, name in enumerate(names)}
    panel = {f"g{at}": [f"g{at}j{number}" for number in range(judges)] for at in range(groups)}
    severity = {judge: random.gauss(0, 4) for own in panel.values() for judge in own}
    pairs = [(judge, name) for name in names for judge in panel[group_of[name]]]
    written = {
        (judge, random.choice([name for name in names if group_of[name] != group]))
        for group, own in panel.items()
        for judge in own
    }
    sheets = tuple(
        Sheet(judge, name, half(quality[name] + severity[judge] + random.gauss(0, 2)))
        for judge, name in sorted({*pairs, *written})
    )
    entries = tuple(
        Entry(
            name,
            group_of[name],
            daily=(half(quality[name]), half(quality[name] + 1)),
            initial=half(random.gauss(80, 6)),
            carriers=(f"o{name}", f"q{name}"),
        )
        for name in names
    )
    peers = tuple(
        Sheet(f"o{names[(at + step) % projects]}", name, half(quality[name] + random.gauss(0, 3)))
        for at, name in enumerate(names)
        for step in (1, 2)
    )
    told = {"grades": GRADES, "sheets_needed": judges, **rules}
    return Inputs(Rules(WEIGHTS, **told), entries, sheets, peers, frozenset(written))  # type: ignore[arg-type]
