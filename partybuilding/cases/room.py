"""Case studies: what a finished project teaches others."""

from partybuilding.cases import editing
from partybuilding.cases.admin import CaseAdmin
from partybuilding.cases.desk import case_lines
from partybuilding.cases.index import CaseIndexPage
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.notices import notices_for
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.services import begin_case_of_page, write_case_of_page
from partybuilding.cases.states import TABLE
from partybuilding.core.machine.registry import Machine
from partybuilding.core.pages import material_given, record_made
from partybuilding.core.rooms import IndexPage, Listener, Room

ROOM = Room(
    machines=(Machine("case", CaseStudy, TABLE, notices_for, "partybuilding:case_study"),),
    listeners=(
        Listener(record_made, begin_case_of_page, CaseStudyPage),
        Listener(material_given, write_case_of_page, CaseStudyPage),
    ),
    desk=(case_lines,),
    case_sections=(editing.CASE_SECTION,),
    case_actions=(editing.case_ways,),
    page_sections=(editing.PAGE_SECTION,),
    menu={"spreading": (CaseAdmin,)},
    addresses={"": "partybuilding.cases.urls"},
    index_pages=(IndexPage(CaseIndexPage, "典型案例", "cases", order=70, is_written=True),),
    hooks=(
        ("register_page_header_buttons", editing.case_study_buttons),
        ("construct_explorer_page_queryset", editing.with_case_state),
    ),
)
