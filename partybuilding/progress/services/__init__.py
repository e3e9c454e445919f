"""Everything that writes how promises are kept: reports, questions and their answers, changes, drafts."""

from partybuilding.progress.services.changes import propose_change
from partybuilding.progress.services.drafts import drop_draft, keep_draft
from partybuilding.progress.services.evidence import Evidence
from partybuilding.progress.services.questions import answer_question, ask_about
from partybuilding.progress.services.reports import report_step

__all__ = [
    "Evidence",
    "answer_question",
    "ask_about",
    "drop_draft",
    "keep_draft",
    "propose_change",
    "report_step",
]
