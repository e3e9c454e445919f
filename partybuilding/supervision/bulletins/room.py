"""Bulletins: a quarter of supervision, told to the district and to residents."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import Room
from partybuilding.supervision.bulletins.desk import bulletin_deadlines, bulletin_lines
from partybuilding.supervision.bulletins.permissions import user_sees_bulletins

BULLETINS = StaffMenuItem(
    _("Bulletins of the quarters"),
    reverse_lazy("partybuilding:bulletins"),
    name="bulletins",
    icon_name="doc-full",
    order=35,
    may=user_sees_bulletins,
)

ROOM = Room(
    deadlines=(bulletin_deadlines,),
    desk=(bulletin_lines,),
    menu={"doing": (BULLETINS,)},
    addresses={"supervision/bulletins/": "partybuilding.supervision.bulletins.urls"},
)
