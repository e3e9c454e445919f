"""The programme year and its rules."""

from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Room
from partybuilding.cycles.admin import CycleAdmin
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import TABLE

ROOM = Room(
    machines=(Machine("cycle", Cycle, TABLE, screen="partybuilding:cycle"),),
    menu={"grounds": (CycleAdmin,)},
    addresses={"": "partybuilding.cycles.urls"},
)
