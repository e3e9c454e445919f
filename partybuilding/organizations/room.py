"""Who takes part: organisations, accounts and posts, experts; and what of the CMS each role sees."""

from django.contrib.auth import get_user_model, signals
from django.db.models.signals import post_save, pre_save

from partybuilding.core.rooms import Listener, Room
from partybuilding.core.words.actors import ACTORS
from partybuilding.organizations import security
from partybuilding.organizations.admin import ExpertGroupAdmin, OrganizationAdmin, PeopleAdmin
from partybuilding.organizations.admin_menu import HOME, clear_menu, clear_panels
from partybuilding.organizations.journal import register_actions
from partybuilding.organizations.security import hold_groups_to_roles
from partybuilding.organizations.selectors import identity_of
from partybuilding.organizations.states import KINDS, SECTORS
from partybuilding.organizations.viewsets import issuing_bodies

ROOM = Room(
    words=(ACTORS, SECTORS, KINDS),
    identity=(identity_of,),
    listeners=(
        Listener(signals.user_logged_in, hold_groups_to_roles),
        Listener(signals.user_logged_in, security.note_sign_in),
        Listener(signals.user_logged_out, security.note_sign_out),
        Listener(signals.user_login_failed, security.note_failure),
        Listener(pre_save, security.watch_account, get_user_model()),
        Listener(post_save, security.note_account, get_user_model()),
    ),
    menu={"": (HOME,), "grounds": (OrganizationAdmin, PeopleAdmin, ExpertGroupAdmin)},
    addresses={"": "partybuilding.organizations.urls"},
    hooks=(
        ("construct_main_menu", clear_menu),
        ("register_admin_viewset", issuing_bodies),
        ("register_log_actions", register_actions),
        ("register_log_actions", security.register_security_actions),
        ("construct_homepage_panels", clear_panels),
    ),
)
