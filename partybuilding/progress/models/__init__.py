"""What is kept of keeping promises: reports, questions on them, changes, text not yet sent."""

from partybuilding.progress.models.change import CommitmentChange
from partybuilding.progress.models.draft import Draft
from partybuilding.progress.models.question import StepQuestion
from partybuilding.progress.models.report import StepReport

__all__ = ["CommitmentChange", "Draft", "StepQuestion", "StepReport"]
