"""Projects: applications, reviews, decisions, commitments, and the pages that show them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Room
from partybuilding.projects.admin import ProjectAdmin
from partybuilding.projects.casefile import contents
from partybuilding.projects.desk import preparation_lines, project_lines, session_lines
from partybuilding.projects.files import user_can_open_file_of_project
from partybuilding.projects.models import Project
from partybuilding.projects.notices import notices_for
from partybuilding.projects.page.parts import SECTIONS
from partybuilding.projects.permissions import user_can_see_preparation, user_can_see_session
from partybuilding.projects.preparation import sections as preparation
from partybuilding.projects.states import TABLE

PREPARATION = StaffMenuItem(
    _("Progress of the pre-assessments"),
    reverse_lazy("partybuilding:preparation"),
    name="preparation",
    icon_name="tasks",
    order=20,
    may=user_can_see_preparation,
)
SESSIONS = StaffMenuItem(
    _("Decision sessions"),
    reverse_lazy("partybuilding:sessions"),
    name="sessions",
    icon_name="group",
    order=30,
    may=user_can_see_session,
)

ROOM = Room(
    machines=(Machine("project", Project, TABLE, notices_for, "partybuilding:case"),),
    file_scopes={Project: user_can_open_file_of_project},
    desk=(project_lines, preparation_lines, session_lines),
    case_sections=(*contents.SECTIONS, *preparation.SECTIONS),
    case_actions=(preparation.ways,),
    page_sections=SECTIONS,
    menu={"choosing": (ProjectAdmin, PREPARATION, SESSIONS)},
    addresses={
        "projects/": "partybuilding.projects.urls",
        "sessions/": "partybuilding.projects.sessions.urls",
    },
)
