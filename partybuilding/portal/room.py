"""The portal: what it shows to staff of its own screens."""

from partybuilding.core.rooms import Room

ROOM = Room(addresses={"forms/": "partybuilding.portal.urls_staff"})
