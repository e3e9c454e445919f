"""What judging keeps: the rules of a year, draws, sheets, day-to-day ratings, runs, objections, awards."""

from partybuilding.evaluation.models.award import Award
from partybuilding.evaluation.models.draw import Draw
from partybuilding.evaluation.models.objection import Objection
from partybuilding.evaluation.models.rating import (
    Absence,
    Conflict,
    DailyRating,
    Disagreement,
    RecusalStatement,
)
from partybuilding.evaluation.models.run import Run
from partybuilding.evaluation.models.sheet import ScoreSheet
from partybuilding.evaluation.models.year import EvaluationRules, SheetCriterion

__all__ = [
    "Absence",
    "Award",
    "Conflict",
    "DailyRating",
    "Disagreement",
    "Draw",
    "EvaluationRules",
    "Objection",
    "RecusalStatement",
    "Run",
    "ScoreSheet",
    "SheetCriterion",
]
