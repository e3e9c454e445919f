"""What a run rests on and what it gives, as plain values (judging.md, section 6)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from partybuilding.evaluation.arithmetic.methods import Scored
from partybuilding.evaluation.arithmetic.severity import Sheet

#: The parts of a result, in the order in which tables show them.
PARTS = ("expert", "daily", "initial", "peer")


@dataclass(frozen=True)
class Grade:
    """A grade with its places, its bonus points, and its money: so much each, or a pool divided.

    Args:
        bonus: points, as text with a decimal point.
        yuan: for each project; of a pool, for all of them together.
    """

    code: str
    places: int
    bonus: str
    yuan: int
    is_pool: bool = False


@dataclass(frozen=True)
class Rules:
    """What a year's evaluation follows.

    Args:
        weights: by part, percent; together 100.
        sheets_needed: how many sheets of its own group a project must have.
        ties: what decides between equal results, in this order; "lot" is drawn from the seed.
        standardise: bring all parts to one spread before they are weighed.
    """

    weights: Mapping[str, int]
    grades: tuple[Grade, ...]
    method: str = "two_way_trimmed"
    sheets_needed: int = 3
    ties: tuple[str, ...] = ("expert", "daily", "initial", "peer")
    robust: bool = False
    standardise: bool = False
    seed: str = ""


@dataclass(frozen=True)
class Entry:
    """A project in a run with what others than judges gave it, each in points of 100.

    Args:
        daily: by unit and task force.
        excused: parts that are missing for a recorded reason; the other parts then carry its weight.
        missing_sheets: how many sheets of its group are missing for a recorded reason.
        carriers: the organisations that carry it out, the leading one first.
    """

    project: str
    group: str = ""
    daily: tuple[Fraction, ...] = ()
    initial: Fraction | None = None
    excused: frozenset[str] = frozenset()
    missing_sheets: int = 0
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Override:
    """A grade that the department gave against the ranking."""

    project: str
    grade: str


@dataclass(frozen=True)
class Inputs:
    """Everything that a run rests on; sheets are those of experts, peers those of other organisations."""

    rules: Rules
    entries: tuple[Entry, ...]
    sheets: tuple[Sheet, ...] = ()
    peers: tuple[Sheet, ...] = ()
    written: frozenset[tuple[str, str]] = frozenset()
    overrides: tuple[Override, ...] = ()

    def without_judge(self, judge: str) -> "Inputs":
        """Return what would be there if a judge had scored nothing; what is then missing counts as excused."""
        gone: dict[str, int] = defaultdict(int)
        for sheet in self.sheets:
            if sheet.judge == judge and (sheet.judge, sheet.project) not in self.written:
                gone[sheet.project] += 1
        entries = tuple(
            Entry(**{**vars(entry), "missing_sheets": entry.missing_sheets + gone[entry.project]})
            if gone[entry.project]
            else entry
            for entry in self.entries
        )
        kept = tuple(sheet for sheet in self.sheets if sheet.judge != judge)
        return Inputs(self.rules, entries, kept, self.peers, self.written, self.overrides)


@dataclass(frozen=True)
class Row:
    """The result of one project.

    Args:
        raw: by part, the plain mean in points.
        parts: by part, the points that were weighed.
        composite: the weighed sum.
        rank: from 1; projects that no rule tells apart share one.
        ranked_grade: the grade of its rank; `grade` differs where the department overrode it.
        tie: the rule that put it behind the one before it with the same composite, if one did.
    """

    project: str
    raw: Mapping[str, Fraction]
    parts: Mapping[str, Fraction]
    composite: Fraction
    rank: int
    ranked_grade: str
    grade: str
    tie: str = ""


@dataclass(frozen=True)
class Fault:
    """What keeps a run from ending: a code, and what it concerns.

    Codes: "sheets" (so many are missing), "part" (a part has no points), "tie" (two ranks stand across a
    boundary), "places" (an override takes more places than there are), "unknown" (an override of what is not there).
    """

    code: str
    projects: tuple[str, ...]
    what: str = ""
    number: int = 0


class Incomplete(ValueError):
    """A run that cannot end; `faults` names everything that keeps it, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Table:
    """The ranked results, and what the experts' sheets came to on the way."""

    rows: tuple[Row, ...]
    experts: Scored
    weights: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def grades(self) -> dict[str, str]:
        """By project, its grade; "" without one."""
        return {row.project: row.grade for row in self.rows}
