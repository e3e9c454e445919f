"""The case file of a project."""

from partybuilding.projects.models.assessment import Assessment, ExpertAssignment, Rating
from partybuilding.projects.models.commitment import Commitment, CommitmentStep
from partybuilding.projects.models.four_ones import FourOnesPost
from partybuilding.projects.models.plan import Partner, PlanStep
from partybuilding.projects.models.project import Project
from partybuilding.projects.models.session import DecisionSession, SessionItem

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
