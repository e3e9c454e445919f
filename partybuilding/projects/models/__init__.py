"""The case file of a project."""

from partybuilding.projects.models.assessment import Assessment, ExpertAssignment, Rating
from partybuilding.projects.models.commitment import Commitment, CommitmentStep
from partybuilding.projects.models.four_ones import FourOnesPost
from partybuilding.projects.models.plan import Partner, PlanStep
from partybuilding.projects.models.project import Project
from partybuilding.projects.models.session import DecisionSession, SessionItem
from partybuilding.projects.models.sheets import SheetCorrection, SheetDraft, SheetVersion
from partybuilding.projects.models.source import Source

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
    "SheetCorrection",
    "SheetDraft",
    "SheetVersion",
    "Source",
]
