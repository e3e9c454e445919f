"""The portal: what it shows to staff of its own screens."""

from partybuilding.core.rooms import Room

ROOM = Room(addresses={"cycles/": "partybuilding.portal.urls_staff"})
