"""Everything that writes how promises are kept: reports, questions and their answers, changes, drafts."""

from partybuilding.progress.services.changes import propose_change
from partybuilding.progress.services.evidence import Evidence, drop_draft, keep_draft, report_step
from partybuilding.progress.services.questions import answer_question, ask_about

__all__ = [
    "Evidence",
    "answer_question",
    "ask_about",
    "drop_draft",
    "keep_draft",
    "propose_change",
    "report_step",
]
