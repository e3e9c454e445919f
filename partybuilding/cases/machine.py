"""Join the case study's table, model and notices for the door."""

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.notices import notices_for
from partybuilding.cases.states import TABLE
from partybuilding.core.machine.registry import Machine

MACHINE = Machine("case", CaseStudy, TABLE, notices_for)
