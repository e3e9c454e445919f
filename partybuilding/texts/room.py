"""Texts: letters, certificates and messages in the department's own words."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import Room
from partybuilding.texts.desk import text_lines
from partybuilding.texts.permissions import user_can_edit_texts

TEXTS = StaffMenuItem(
    _("Letters and messages"),
    reverse_lazy("partybuilding:texts"),
    name="texts",
    icon_name="edit",
    order=60,
    may=user_can_edit_texts,
)

ROOM = Room(
    desk=(text_lines,),
    menu={"grounds": (TEXTS,)},
    addresses={"texts/": "partybuilding.texts.urls"},
)
