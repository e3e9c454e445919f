"""The evaluation of a year: what it came to, for a project and for all of them."""

from partybuilding.core.rooms import Room
from partybuilding.evaluation.grades import SECTION

ROOM = Room(page_sections=(SECTION,))
