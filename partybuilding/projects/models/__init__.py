"""The case file of a project."""

from partybuilding.projects.models.commitment import Commitment, CommitmentStep
from partybuilding.projects.models.four_ones import (
    Assessment,
    DecisionSession,
    ExpertAssignment,
    FourOnesPost,
    Rating,
    SessionItem,
)
from partybuilding.projects.models.plan import Partner, PlanStep
from partybuilding.projects.models.project import Project

__all__ = [
    "Assessment",
    "Commitment",
    "CommitmentStep",
    "DecisionSession",
    "ExpertAssignment",
    "FourOnesPost",
    "Partner",
    "PlanStep",
    "Project",
    "Rating",
    "SessionItem",
]
