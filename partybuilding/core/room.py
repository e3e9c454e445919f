"""The kernel: the trail, the library, the first screen, the inbox."""

from django.db.backends.signals import connection_created
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks.signals import task_started

from partybuilding.core.access.cms import only_own_pages
from partybuilding.core.answers.versions import watch_connections
from partybuilding.core.desk.lines import show_desk
from partybuilding.core.desk.menu import InboxMenuItem
from partybuilding.core.files.library import hold_library, keep_unpublished_private
from partybuilding.core.machine.history import register_steps
from partybuilding.core.pages.record import going_out
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services import recall_page, take_publication_step
from partybuilding.core.services.door import step_taken
from partybuilding.core.text.characters import clean_every_form
from partybuilding.core.words.book import look_again, look_when_connected
from partybuilding.core.words.sentences import speak

INBOX = InboxMenuItem(
    _("Notices"),
    reverse_lazy("partybuilding:notices"),
    name="notices",
    icon_name="mail",
    order=60,
)

ROOM = Room(
    starts=(speak, watch_connections, clean_every_form, hold_library),
    listeners=(
        Listener(going_out, take_publication_step),
        Listener(step_taken, recall_page),
        Listener(connection_created, look_when_connected),
        Listener(task_started, look_again),
    ),
    menu={"": (INBOX,)},
    addresses={"": "partybuilding.core.urls"},
    hooks=(
        ("register_log_actions", register_steps),
        ("construct_homepage_panels", show_desk),
        ("construct_page_chooser_queryset", only_own_pages),
        ("before_serve_document", keep_unpublished_private),
    ),
)
