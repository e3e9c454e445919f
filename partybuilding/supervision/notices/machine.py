"""Join the table, model and messages of feedback notices for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.supervision.notices.messages import notices_for
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.states import TABLE

MACHINE = Machine("feedback", FeedbackNotice, TABLE, notices_for)
