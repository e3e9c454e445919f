"""Join the project's table, model and notices for the door."""

from partybuilding.core.machine.registry import Machine
from partybuilding.projects.models import Project
from partybuilding.projects.notices import notices_for
from partybuilding.projects.states import TABLE

MACHINE = Machine("project", Project, TABLE, notices_for)
