"""Feedback notices: what was found on a visit, in writing, and the answer to it."""

from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.supervision.notices.admin import FeedbackAdmin
from partybuilding.supervision.notices.desk import feedback_lines
from partybuilding.supervision.notices.messages import notices_for
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.sections import SECTION
from partybuilding.supervision.notices.services import follow_correction
from partybuilding.supervision.notices.states import TABLE
from partybuilding.supervision.notices.texts import TEXTS

ROOM = Room(
    machines=(Machine("feedback", FeedbackNotice, TABLE, notices_for, "partybuilding:feedback"),),
    listeners=(Listener(step_taken, follow_correction, FeedbackNotice),),
    desk=(feedback_lines,),
    case_sections=(SECTION,),
    texts=TEXTS,
    menu={"doing": (FeedbackAdmin,)},
    addresses={"supervision/notices/": "partybuilding.supervision.notices.urls"},
)
