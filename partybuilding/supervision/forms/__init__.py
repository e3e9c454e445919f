"""The forms of supervision: who goes when, what was seen on a visit, one meeting for many, a new deadline."""

from partybuilding.supervision.forms.planning import MeetingForm, PlanForm
from partybuilding.supervision.forms.rectifying import FindingForm, SendBackForm
from partybuilding.supervision.forms.visit import VisitForm, VisitSheet

__all__ = [
    "FindingForm",
    "MeetingForm",
    "PlanForm",
    "SendBackForm",
    "VisitForm",
    "VisitSheet",
]
