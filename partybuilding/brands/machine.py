"""Join the brand's table, model and notices for the door."""

from partybuilding.brands.models import Brand
from partybuilding.brands.notices import notices_for
from partybuilding.brands.states import TABLE
from partybuilding.core.machine.registry import Machine

MACHINE = Machine("brand", Brand, TABLE, notices_for)
