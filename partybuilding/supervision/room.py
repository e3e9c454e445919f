"""Supervision: the calendar of visits, what was found, and that it is put right."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.page.words import PageWords
from partybuilding.projects.yearform.services import Besides
from partybuilding.supervision import files, messages
from partybuilding.supervision.admin import ActivityAdmin, RectificationAdmin
from partybuilding.supervision.casefile import SECTION as CASE_SECTION
from partybuilding.supervision.casefile import supervision_ways
from partybuilding.supervision.deadlines import activity_deadlines
from partybuilding.supervision.desk import supervision_lines
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Rectification, Visit
from partybuilding.supervision.notices import messages as notice_messages
from partybuilding.supervision.open_things import open_rectifications, overdue_findings
from partybuilding.supervision.permissions import user_can_see_plan
from partybuilding.supervision.public_part import SECTION, changes_of, words_of_supervision
from partybuilding.supervision.rectification_notices import notices_for
from partybuilding.supervision.services import await_records, follow_project, is_begun, visitors
from partybuilding.supervision.states import TABLE

PLAN = StaffMenuItem(
    _("Supervision plan"),
    reverse_lazy("partybuilding:supervision"),
    name="supervision",
    icon_name="calendar-check",
    order=35,
    may=user_can_see_plan,
)

#: After these entries in the trail of a finding other words of it stand on the page.
SAID = ("issue", "correct", "verify", "withdraw")

ROOM = Room(
    machines=(
        Machine("rectification", Rectification, TABLE, notices_for, "partybuilding:rectification"),
    ),
    listeners=(Listener(step_taken, follow_project, Project),),
    file_scopes={
        Visit: files.user_can_open_file_of_visit,
        Rectification: files.user_can_open_file_of_rectification,
    },
    besides=(Besides(messages.SUPPLEMENTED, visitors, await_records, is_begun),),
    deadlines=(activity_deadlines,),
    desk=(supervision_lines,),
    open_things=(open_rectifications,),
    open_before_results=(overdue_findings,),
    case_sections=(CASE_SECTION,),
    case_actions=(supervision_ways,),
    page_sections=(SECTION,),
    page_words=(PageWords(words_of_supervision, {Rectification: SAID}),),
    changes=(changes_of,),
    texts=(*messages.TEXTS, *notice_messages.TEXTS),
    menu={"doing": (ActivityAdmin, RectificationAdmin, PLAN)},
    addresses={"": "partybuilding.supervision.urls"},
    public_addresses={"supervision/": "partybuilding.supervision.urls_public"},
    index_pages=(
        IndexPage(
            SupervisionIndexPage, "督导整改", "supervision", order=40, writers=Role.TASK_FORCE
        ),
    ),
)
