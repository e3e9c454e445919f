"""Everything that writes projects: applications, reviewing, decision sessions."""

from partybuilding.projects.four_ones.services import appoint_four_ones
from partybuilding.projects.services.applications import (
    answer_as_partner,
    ask_partner_again,
    create_draft,
    extend_return,
    save_application,
    save_commitments,
    save_partners,
    save_plan,
    submit_application,
)
from partybuilding.projects.services.results import save_results
from partybuilding.projects.services.reviewing import (
    Outcome,
    assign_experts,
    assign_to_many,
    end_assignment,
    move_many,
    open_review,
    rate,
    record_assessment,
)
from partybuilding.projects.services.sources import AlreadyBegun, begin_from
from partybuilding.projects.sessions.services import (
    close_session,
    note_decision,
    open_session,
    undo_decision,
)

__all__ = [
    "AlreadyBegun",
    "Outcome",
    "answer_as_partner",
    "appoint_four_ones",
    "ask_partner_again",
    "assign_experts",
    "assign_to_many",
    "begin_from",
    "close_session",
    "create_draft",
    "end_assignment",
    "extend_return",
    "move_many",
    "note_decision",
    "open_review",
    "open_session",
    "rate",
    "record_assessment",
    "save_application",
    "save_commitments",
    "save_partners",
    "save_plan",
    "save_results",
    "submit_application",
    "undo_decision",
]
