"""Projects: applications, reviews, decisions, commitments, and the pages that show them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.cycles.models import Cycle
from partybuilding.projects import messages
from partybuilding.projects.admin import ProjectAdmin
from partybuilding.projects.casefile import contents
from partybuilding.projects.desk import preparation_lines, project_lines, session_lines
from partybuilding.projects.files import user_can_open_file_of_project
from partybuilding.projects.models import Project
from partybuilding.projects.notices import notices_for
from partybuilding.projects.page.continued import continued_part
from partybuilding.projects.page.parts import CONTINUED, HERE, SECTIONS, PageSection
from partybuilding.projects.page.words import PageWords, words_of_promises
from partybuilding.projects.permissions import user_can_see_preparation, user_can_see_session
from partybuilding.projects.preparation import sections as preparation
from partybuilding.projects.states import DUTIES, GROUNDS, METHODS, TABLE
from partybuilding.projects.texts import TEXTS
from partybuilding.projects.views.process import ways_of_process
from partybuilding.projects.yearform.compose import RESULTS
from partybuilding.projects.yearform.services import (
    Besides,
    copy_form,
    freeze_form,
    report_on,
    reporting,
    results_begun,
)
from partybuilding.projects.yearform.views.form import ways_of_form

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
#: Reads pages, so that it cannot stand among those that pages are made of.
CONTINUING = PageSection(
    "continued", _("Over the years"), f"{HERE}/continued.html", continued_part, CONTINUED
)

ROOM = Room(
    words=(GROUNDS, METHODS, DUTIES),
    machines=(Machine("project", Project, TABLE, notices_for, "partybuilding:case"),),
    file_scopes={Project: user_can_open_file_of_project},
    desk=(project_lines, preparation_lines, session_lines),
    case_sections=(*contents.SECTIONS, *preparation.SECTIONS),
    case_actions=(preparation.ways,),
    listeners=(Listener(step_taken, freeze_form, Cycle),),
    besides=(
        Besides({RESULTS: messages.RESULTS_SUPPLEMENTED}, reporting, report_on, results_begun),
    ),
    cycle_actions=(ways_of_process, ways_of_form),
    next_year=(copy_form,),
    page_sections=(*SECTIONS, CONTINUING),
    texts=(*TEXTS, *messages.TEXTS),
    page_words=(PageWords(words_of_promises),),
    menu={"choosing": (ProjectAdmin, PREPARATION, SESSIONS)},
    addresses={
        "projects/": "partybuilding.projects.urls",
        "sessions/": "partybuilding.projects.sessions.urls",
        "cycles/": "partybuilding.projects.yearform.urls",
    },
)
