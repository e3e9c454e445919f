"""The stages of a project as residents read them: several states may share one word."""

from partybuilding.core.states import State
from partybuilding.projects.states import TABLE

#: Every public state under its stage; a stage is named by its first state.
STAGES = {
    "approved": ["approved", "commitments_submitted"],
    "implementing": ["implementing"],
    "results_submitted": ["results_submitted"],
    "graded": ["graded", "archived"],
    "terminated": ["terminated"],
}
STAGE_OF = {code: name for name, codes in STAGES.items() for code in codes}


def stage_of(state: str) -> State:
    """Return the row of the stage that a public state belongs to: its word and its look.

    Raises:
        KeyError: the state is hidden from residents.
    """
    return TABLE.state(STAGE_OF[state])
