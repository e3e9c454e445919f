"""The case book: a year's cases put together, built into editions, and handed out."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.casebook.permissions import user_can_see_books
from partybuilding.casebook.public import ways_of_list
from partybuilding.casebook.selectors import file_names
from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import Room

BOOKS = StaffMenuItem(
    _("Case books"),
    reverse_lazy("partybuilding:casebooks"),
    name="casebooks",
    icon_name="doc-full",
    order=90,
    may=user_can_see_books,
)

ROOM = Room(
    file_names=(file_names,),
    menu={"spreading": (BOOKS,)},
    list_ways=(ways_of_list,),
    addresses={"casebooks/": "partybuilding.casebook.urls"},
    public_addresses={"book/": "partybuilding.casebook.urls_public"},
)
