"""Case studies: what a finished project teaches others."""

from django.utils.translation import gettext_lazy as _

from partybuilding.cases.admin import CaseAdmin
from partybuilding.cases.desk import case_lines, case_ways
from partybuilding.cases.kind import KIND
from partybuilding.cases.messages import TEXTS
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.notices import notices_for
from partybuilding.cases.pages import CaseIndexPage, CaseStudyPage, card_of, readable_cases
from partybuilding.cases.selectors import learnt
from partybuilding.cases.services import begin_case_of_page, write_case_of_page
from partybuilding.cases.states import TABLE
from partybuilding.core.machine.registry import Machine
from partybuilding.core.pages import material_given, record_made
from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.projects.page.parts import CASES, PageSection
from partybuilding.spreading.shown import (
    case_section,
    header_buttons,
    page_section,
    with_record_state,
)

#: Behind the cases that were written from a project: the case that it learnt from itself.
LEARNT = CASES + 2

ROOM = Room(
    texts=TEXTS,
    machines=(Machine("case", CaseStudy, TABLE, notices_for, "partybuilding:case_study"),),
    listeners=(
        Listener(record_made, begin_case_of_page, CaseStudyPage),
        Listener(material_given, write_case_of_page, CaseStudyPage),
    ),
    desk=(case_lines,),
    case_sections=(case_section(KIND, "cases", 140),),
    case_actions=(case_ways,),
    page_sections=(
        page_section(KIND, "cases", _("Case study of the project"), CASES, readable_cases, card_of),
        PageSection(
            "learnt", _("Learning from a case"), "partybuilding/spreading/part.html", learnt, LEARNT
        ),
    ),
    menu={"spreading": (CaseAdmin,)},
    addresses={"": "partybuilding.cases.urls"},
    index_pages=(IndexPage(CaseIndexPage, "典型案例", "cases", order=70, is_written=True),),
    hooks=(
        ("register_page_header_buttons", header_buttons(KIND)),
        ("construct_explorer_page_queryset", with_record_state(KIND)),
    ),
)
