"""Join the programme year's table and model for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import TABLE

MACHINE = Machine("cycle", Cycle, TABLE)
