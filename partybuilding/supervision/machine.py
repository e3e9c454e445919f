"""Join the rectification's table, model and notices for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.rectification_notices import notices_for
from partybuilding.supervision.states import TABLE

MACHINE = Machine("rectification", Rectification, TABLE, notices_for)
