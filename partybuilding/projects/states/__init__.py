"""The machine of a project, and the fixed words of its case file."""

from partybuilding.projects.states.codes import (
    CHOSEN,
    ENDED,
    KEEPING,
    PROMISED,
    REOPENED,
    RESULTS_IN,
    UNDECIDED,
    ChangedPart,
    CommitmentState,
    Consent,
    Decision,
    Duty,
    Ground,
    Method,
    ProjectState,
)
from partybuilding.projects.states.rows import STATES, STRIP
from partybuilding.projects.states.table import STEPS, TABLE

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
