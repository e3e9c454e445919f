"""The machines of judging, and its fixed words."""

from partybuilding.evaluation.states.codes import (
    EXPERT_KINDS,
    OPEN_OBJECTIONS,
    AwardState,
    DrawKind,
    DrawState,
    Method,
    ObjectionState,
    RunState,
    ScorePart,
    SheetKind,
    SheetState,
    TieRule,
)
from partybuilding.evaluation.states.results import AWARDS, OBJECTIONS, RUNS
from partybuilding.evaluation.states.scoring import DRAWS, SHEETS

__all__ = [
    "AWARDS",
    "DRAWS",
    "EXPERT_KINDS",
    "OBJECTIONS",
    "OPEN_OBJECTIONS",
    "RUNS",
    "SHEETS",
    "AwardState",
    "DrawKind",
    "DrawState",
    "Method",
    "ObjectionState",
    "RunState",
    "ScorePart",
    "SheetKind",
    "SheetState",
    "TieRule",
]
