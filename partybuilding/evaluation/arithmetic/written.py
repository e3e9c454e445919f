"""A run as data: what it rests on and what came of it, so that anybody can compute it again.

Exact numbers are text ("85", "427/5"); projects, groups, experts and organisations have random names.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from partybuilding.evaluation.arithmetic.canonical import text_of
from partybuilding.evaluation.arithmetic.facts import (
    Entry,
    Grade,
    Inputs,
    Override,
    Rules,
    Table,
)
from partybuilding.evaluation.arithmetic.money import money_of, shared_out
from partybuilding.evaluation.arithmetic.ranking import table_of
from partybuilding.evaluation.arithmetic.severity import Sheet

#: Of what is written; a change of the meaning of anything in it takes the next number.
FORMAT = 1


def inputs_written(inputs: Inputs) -> dict[str, Any]:
    """Write what a run rests on."""
    rules = inputs.rules
    return {
        "format": FORMAT,
        "rules": {
            "weights": dict(rules.weights),
            "grades": [
                {
                    "code": grade.code,
                    "places": grade.places,
                    "bonus": grade.bonus,
                    "yuan": grade.yuan,
                    "pool": grade.is_pool,
                }
                for grade in rules.grades
            ],
            "method": rules.method,
            "sheets_needed": rules.sheets_needed,
            "ties": list(rules.ties),
            "robust": rules.robust,
            "standardise": rules.standardise,
            "seed": rules.seed,
        },
        "projects": [_entry_written(entry) for entry in _by_name(inputs.entries)],
        "sheets": [
            {**_sheet_written(one), "written": (one.judge, one.project) in inputs.written}
            for one in _by_pair(inputs.sheets)
        ],
        "peers": [_sheet_written(one) for one in _by_pair(inputs.peers)],
        "overrides": sorted(
            ({"project": one.project, "grade": one.grade} for one in inputs.overrides),
            key=lambda one: one["project"],
        ),
    }


def _by_name(entries: tuple[Entry, ...]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.project)


def _by_pair(sheets: tuple[Sheet, ...]) -> list[Sheet]:
    return sorted(sheets, key=lambda sheet: (sheet.project, sheet.judge))


def _entry_written(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.project,
        "group": entry.group,
        "daily": [text_of(points) for points in entry.daily],
        "initial": None if entry.initial is None else text_of(entry.initial),
        "excused": sorted(entry.excused),
        "missing_sheets": entry.missing_sheets,
        "carriers": list(entry.carriers),
    }


def _sheet_written(sheet: Sheet) -> dict[str, Any]:
    return {"judge": sheet.judge, "project": sheet.project, "points": text_of(sheet.points)}


def inputs_read(data: Mapping[str, Any]) -> Inputs:
    """Read what a run rests on.

    Raises:
        ValueError: it is written in another format.
    """
    if data["format"] != FORMAT:
        raise ValueError(f"The run is written in format {data['format']}, not {FORMAT}.")
    rules = dict(data["rules"])
    grades = tuple(
        Grade(one["code"], one["places"], one["bonus"], one["yuan"], one["pool"])
        for one in rules.pop("grades")
    )
    return Inputs(
        rules=Rules(**{**rules, "ties": tuple(rules["ties"])}, grades=grades),
        entries=tuple(_entry_read(one) for one in data["projects"]),
        sheets=tuple(_sheet_read(one) for one in data["sheets"]),
        peers=tuple(_sheet_read(one) for one in data["peers"]),
        written=frozenset(
            (one["judge"], one["project"]) for one in data["sheets"] if one["written"]
        ),
        overrides=tuple(Override(one["project"], one["grade"]) for one in data["overrides"]),
    )


def _entry_read(one: Mapping[str, Any]) -> Entry:
    return Entry(
        project=one["id"],
        group=one["group"],
        daily=tuple(Fraction(points) for points in one["daily"]),
        initial=None if one["initial"] is None else Fraction(one["initial"]),
        excused=frozenset(one["excused"]),
        missing_sheets=one["missing_sheets"],
        carriers=tuple(one["carriers"]),
    )


def _sheet_read(one: Mapping[str, Any]) -> Sheet:
    return Sheet(one["judge"], one["project"], Fraction(one["points"]))


def result_written(inputs: Inputs, table: Table | None = None) -> dict[str, Any]:
    """Write what came of a run: rows by rank, severities, effective weights, and the money in all.

    Raises:
        Incomplete, NotLinked: as `table_of`.
    """
    found = table_of(inputs) if table is None else table
    grades = {grade.code: grade for grade in inputs.rules.grades}
    money = money_of(inputs.rules.grades, found.rows)
    carriers = {entry.project: entry.carriers for entry in inputs.entries}
    rows = [
        {
            "project": row.project,
            "rank": row.rank,
            "tie": row.tie,
            "composite": text_of(row.composite),
            "raw": {part: text_of(value) for part, value in row.raw.items()},
            "parts": {part: text_of(value) for part, value in row.parts.items()},
            "ranked_grade": row.ranked_grade,
            "grade": row.grade,
            "bonus": grades[row.grade].bonus if row.grade else "0",
            "yuan": money[row.project],
            "shares": shared_out(money[row.project], carriers[row.project], {}),
        }
        for row in found.rows
    ]
    return {
        "rows": rows,
        "severity": {judge: text_of(value) for judge, value in found.experts.severity.items()},
        "weights": {part: text_of(value) for part, value in found.weights.items()},
        "yuan": sum(money.values()),
    }
