"""The portal: what it shows to staff of its own screens, and what of them the department words."""

from partybuilding.core.rooms import Room
from partybuilding.portal.texts import TEXTS

ROOM = Room(texts=TEXTS, addresses={"cycles/": "partybuilding.portal.urls_staff"})
