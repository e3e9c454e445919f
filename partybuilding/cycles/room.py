"""The programme year and its rules."""

from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.cycles.admin import CycleAdmin
from partybuilding.cycles.firstday.views import MENU as FIRST_DAYS
from partybuilding.cycles.firstday.views import show_first_days, ways_when_empty
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import TABLE
from partybuilding.cycles.words.services import keep_words
from partybuilding.cycles.words.views import MENU as WORDS

ROOM = Room(
    machines=(Machine("cycle", Cycle, TABLE, screen="partybuilding:cycle"),),
    listeners=(Listener(step_taken, keep_words, Cycle),),
    menu={"grounds": (CycleAdmin, WORDS, FIRST_DAYS)},
    addresses={"": "partybuilding.cycles.urls", "word-lists/": "partybuilding.cycles.words.urls"},
    ways_when_empty=(ways_when_empty,),
    hooks=(("construct_homepage_panels", show_first_days),),
)
