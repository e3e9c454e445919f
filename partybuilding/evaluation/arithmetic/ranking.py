"""From scores to grades: one pure function over the facts of a run (judging.md, section 6)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from partybuilding.evaluation.arithmetic.facts import (
    PARTS,
    Fault,
    Incomplete,
    Inputs,
    Row,
    Rules,
    Table,
)
from partybuilding.evaluation.arithmetic.lots import lot_of
from partybuilding.evaluation.arithmetic.methods import Scored, mean, scored, spread


def table_of(inputs: Inputs) -> Table:
    """Rank and grade all projects of a run; the order in which they are given does not matter.

    Raises:
        Incomplete: points are missing, or a tie stands across a boundary that no rule breaks.
        NotLinked: the method compares judges whom no project joins.
    """
    missing = list(_missing(inputs))
    if missing:
        raise Incomplete(missing)
    rules = inputs.rules
    groups = {entry.project: entry.group for entry in inputs.entries}
    experts = scored(rules.method, inputs.sheets, groups=groups, robust=rules.robust)
    raw, parts = _parts(inputs, experts)
    composites = {project: _weighed(rules.weights, own) for project, own in parts.items()}
    ranked = _ranked(rules, parts, composites)
    grades = _graded(rules, ranked)
    final = _overridden(inputs, grades)
    rows = tuple(
        Row(
            project,
            raw[project],
            parts[project],
            composites[project],
            rank,
            grades[project],
            final[project],
            tie,
        )
        for project, rank, tie in ranked
    )
    return Table(rows, experts, effective_weights(rules.weights, rows))


def _missing(inputs: Inputs) -> Iterator[Fault]:
    own: dict[str, int] = defaultdict(int)
    scored_by_experts, reviewed = set(), {sheet.project for sheet in inputs.peers}
    for sheet in inputs.sheets:
        scored_by_experts.add(sheet.project)
        own[sheet.project] += (sheet.judge, sheet.project) not in inputs.written
    for entry in sorted(inputs.entries, key=lambda one: one.project):
        needed = inputs.rules.sheets_needed - entry.missing_sheets - own[entry.project]
        given = {
            "expert": entry.project in scored_by_experts,
            "daily": bool(entry.daily),
            "initial": entry.initial is not None,
            "peer": entry.project in reviewed,
        }
        for part in PARTS:
            if not inputs.rules.weights.get(part) or part in entry.excused:
                continue
            if part == "expert" and needed > 0:
                yield Fault("sheets", (entry.project,), number=needed)
            elif not given[part]:
                yield Fault("part", (entry.project,), what=part)


def _parts(
    inputs: Inputs, experts: Scored
) -> tuple[dict[str, dict[str, Fraction]], dict[str, dict[str, Fraction]]]:
    """Return the points of every part, plain and as they are weighed, by project."""
    peers = scored("raw", inputs.peers)
    raw: dict[str, dict[str, Fraction]] = {}
    parts: dict[str, dict[str, Fraction]] = {}
    for entry in inputs.entries:
        given = {
            "expert": experts.raw.get(entry.project),
            "daily": mean(entry.daily) if entry.daily else None,
            "initial": entry.initial,
            "peer": peers.raw.get(entry.project),
        }
        kept = {
            part: value
            for part, value in given.items()
            if value is not None and inputs.rules.weights.get(part) and part not in entry.excused
        }
        raw[entry.project] = kept
        parts[entry.project] = {
            part: experts.scores[entry.project] if part == "expert" else value
            for part, value in kept.items()
        }
    return raw, _standardised(parts) if inputs.rules.standardise else parts


def _standardised(parts: Mapping[str, Mapping[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """Bring every part to the mean of 80 points and the spread of 5, so that weights mean what they say."""
    found: dict[str, dict[str, Fraction]] = {project: {} for project in parts}
    for part in PARTS:
        values = {project: own[part] for project, own in parts.items() if part in own}
        if not values:
            continue
        middle, width = mean(list(values.values())), spread(list(values.values()))
        for project, value in values.items():
            found[project][part] = 80 + (5 * (value - middle) / width if width else Fraction(0))
    return found


def _weighed(weights: Mapping[str, int], own: Mapping[str, Fraction]) -> Fraction:
    total = sum(weights[part] for part in own)
    return sum((weights[part] * value for part, value in own.items()), Fraction(0)) / total


def _ranked(
    rules: Rules,
    parts: Mapping[str, Mapping[str, Fraction]],
    composites: Mapping[str, Fraction],
) -> list[tuple[str, int, str]]:
    """Return project, rank and deciding rule, the best first."""

    def key(project: str, rule: str) -> tuple[int, Fraction | str]:
        if rule == "lot":
            return 0, lot_of(rules.seed, project)
        value = parts[project].get(rule)
        return (1, Fraction(0)) if value is None else (0, -value)

    order = sorted(
        composites,
        key=lambda one: (-composites[one], *(key(one, rule) for rule in rules.ties), one),
    )
    found: list[tuple[str, int, str]] = []
    for at, project in enumerate(order):
        before = order[at - 1] if at else None
        if before is None or composites[before] != composites[project]:
            found.append((project, at + 1, ""))
            continue
        rule = next((one for one in rules.ties if key(before, one) != key(project, one)), "")
        found.append((project, at + 1 if rule else found[-1][1], rule))
    return found


def _graded(rules: Rules, ranked: Sequence[tuple[str, int, str]]) -> dict[str, str]:
    """Return the grade of every project by its place; "" beyond the last place.

    Raises:
        Incomplete: projects of one rank stand on both sides of a boundary.
    """
    codes = [grade.code for grade in rules.grades for _ in range(grade.places)]
    grades = {
        project: codes[at] if at < len(codes) else ""
        for at, (project, _rank, _tie) in enumerate(ranked)
    }
    sharing: dict[int, list[str]] = defaultdict(list)
    for project, rank, _tie in ranked:
        sharing[rank].append(project)
    torn = [
        Fault("tie", tuple(sorted(projects)), number=rank)
        for rank, projects in sorted(sharing.items())
        if len({grades[project] for project in projects}) > 1
    ]
    if torn:
        raise Incomplete(torn)
    return grades


def _overridden(inputs: Inputs, grades: Mapping[str, str]) -> dict[str, str]:
    final = dict(grades)
    known = {grade.code for grade in inputs.rules.grades} | {""}
    faults = [
        Fault("unknown", (one.project,), what=one.grade)
        for one in inputs.overrides
        if one.project not in final or one.grade not in known
    ]
    final.update({one.project: one.grade for one in inputs.overrides if one.project in final})
    for grade in inputs.rules.grades:
        takers = tuple(sorted(one for one, code in final.items() if code == grade.code))
        if len(takers) > grade.places:
            faults.append(Fault("places", takers, what=grade.code, number=grade.places))
    if faults:
        raise Incomplete(faults)
    return final


def effective_weights(weights: Mapping[str, int], rows: Sequence[Row]) -> dict[str, Fraction]:
    """Return what each part really decides, in percent: its share in the variance of the result.

    Parts that some project lacks, or a result without any variance, have none to tell.
    """
    parts = [part for part in PARTS if weights.get(part)]
    if not rows or any(part not in row.parts for row in rows for part in parts):
        return {}
    middle = mean([row.composite for row in rows])
    variance = mean([(row.composite - middle) ** 2 for row in rows])
    if not variance:
        return {}
    found = {}
    for part in parts:
        own = mean([row.parts[part] for row in rows])
        shared = mean([(row.parts[part] - own) * (row.composite - middle) for row in rows])
        found[part] = weights[part] * shared / variance
    return found
