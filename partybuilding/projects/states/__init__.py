"""The machine of a project, and the fixed words of its case file."""

from partybuilding.projects.states.codes import CHOSEN, ENDED, REOPENED, UNDECIDED, ProjectState
from partybuilding.projects.states.promises import (
    KEEPING,
    PROMISED,
    RESULTS_IN,
    ChangedPart,
    CommitmentState,
)
from partybuilding.projects.states.rows import STATES, STRIP
from partybuilding.projects.states.table import STEPS, TABLE
from partybuilding.projects.states.words import Consent, Decision, Duty, Ground, Method

__all__ = [
    "CHOSEN",
    "ENDED",
    "KEEPING",
    "PROMISED",
    "REOPENED",
    "RESULTS_IN",
    "STATES",
    "STEPS",
    "STRIP",
    "TABLE",
    "UNDECIDED",
    "ChangedPart",
    "CommitmentState",
    "Consent",
    "Decision",
    "Duty",
    "Ground",
    "Method",
    "ProjectState",
]
