"""How promises are kept: reports, questions to them, changes of what was promised."""

from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.progress.admin import ChangeAdmin, QuestionAdmin, ReportAdmin
from partybuilding.progress.deadlines import step_deadlines
from partybuilding.progress.desk import keeping_lines
from partybuilding.progress.messages import TEXTS
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.notices import notices_of_change, notices_of_question
from partybuilding.progress.parts import SECTIONS, changes_of, words_of_reports
from partybuilding.progress.sections import SECTION
from partybuilding.progress.selectors import picture_names
from partybuilding.progress.services.follow import note_change, note_taken_back
from partybuilding.progress.states import CHANGES, QUESTIONS
from partybuilding.projects.page.words import PageWords

ROOM = Room(
    machines=(
        Machine("question", StepQuestion, QUESTIONS, notices_of_question, "partybuilding:question"),
        Machine("change", CommitmentChange, CHANGES, notices_of_change, "partybuilding:change"),
    ),
    listeners=(
        Listener(step_taken, note_change, CommitmentChange),
        Listener(step_taken, note_taken_back, StepQuestion),
    ),
    deadlines=(step_deadlines,),
    file_names=(picture_names,),
    desk=(keeping_lines,),
    case_sections=(SECTION,),
    page_sections=SECTIONS,
    page_words=(PageWords(words_of_reports, {StepQuestion: ("settle",)}),),
    changes=(changes_of,),
    texts=TEXTS,
    menu={"doing": (ReportAdmin, ChangeAdmin, QuestionAdmin)},
    addresses={"": "partybuilding.progress.urls"},
)
