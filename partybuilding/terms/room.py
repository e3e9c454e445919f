"""The terms: their page, and where editors keep them."""

from partybuilding.core.rooms import Listener, Room
from partybuilding.core.words.actors import ACTORS
from partybuilding.cycles.words.services import words_saved
from partybuilding.terms.starting import follow_names
from partybuilding.terms.viewsets import term_screens

ROOM = Room(
    public_addresses={"terms/": "partybuilding.terms.urls_public"},
    listeners=(Listener(words_saved, follow_names, ACTORS),),
    hooks=(("register_admin_viewset", term_screens),),
)
