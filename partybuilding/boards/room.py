"""Boards and reminders over every machine."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.boards.admin import OverseersTrailAdmin, ReminderAdmin
from partybuilding.boards.desk import board_lines, mail_lines
from partybuilding.boards.filters import board_filters
from partybuilding.boards.messages import TEXTS
from partybuilding.boards.permissions import (
    user_can_see_boards,
    user_can_see_charges,
    user_can_see_reminders,
)
from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import Room

CHARGES = StaffMenuItem(
    _("Projects in my charge"),
    reverse_lazy("partybuilding:charges"),
    name="charges",
    icon_name="user",
    order=12,
    may=user_can_see_charges,
)
BOARDS = StaffMenuItem(
    _("Boards"),
    reverse_lazy("partybuilding:board"),
    name="boards",
    icon_name="table",
    order=15,
    may=user_can_see_boards,
)
MAILS = StaffMenuItem(
    _("Mails that could not be sent"),
    reverse_lazy("partybuilding:mails"),
    name="mails",
    icon_name="mail",
    order=950,
    may=user_can_see_reminders,
)

ROOM = Room(
    desk=(board_lines, mail_lines),
    filters=(board_filters,),
    texts=TEXTS,
    menu={"": (CHARGES, BOARDS), "grounds": (ReminderAdmin, OverseersTrailAdmin, MAILS)},
    addresses={"boards/": "partybuilding.boards.urls"},
)
