"""Join the opinion's table, model and notices for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.notices import notices_for
from partybuilding.opinions.states import TABLE

MACHINE = Machine("opinion", Opinion, TABLE, notices_for)
