"""The terms: their page, and where editors keep them."""

from partybuilding.core.rooms import Room
from partybuilding.terms.viewsets import term_screens

ROOM = Room(
    public_addresses={"terms/": "partybuilding.terms.urls_public"},
    hooks=(("register_admin_viewset", term_screens),),
)
