"""Programme packs: a way from the screen of a year."""

from partybuilding.core.rooms import Room
from partybuilding.packs.installation import glossary_item, items_of_texts, items_of_words
from partybuilding.packs.views import ways_of_pack

ROOM = Room(
    cycle_actions=(ways_of_pack,),
    addresses={"cycles/": "partybuilding.packs.urls"},
    pack_items=(items_of_words, items_of_texts, glossary_item),
)
