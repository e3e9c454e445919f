"""Following by mail: where it is asked for, agreed to and ended; and the week as an article."""

from partybuilding.core.rooms import Room
from partybuilding.following.messages import TEXTS
from partybuilding.following.staff import DIGEST

ROOM = Room(
    texts=TEXTS,
    menu={"spreading": (DIGEST,)},
    addresses={"": "partybuilding.following.urls"},
    public_addresses={"follow/": "partybuilding.following.urls_public"},
)
