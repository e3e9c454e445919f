"""Join the tables, models and notices of questions and changes for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.notices import notices_of_change, notices_of_question
from partybuilding.progress.states import CHANGES, QUESTIONS

QUESTION = Machine("question", StepQuestion, QUESTIONS, notices_of_question)
CHANGE = Machine("change", CommitmentChange, CHANGES, notices_of_change)
