"""Opinions: what residents write, what they are answered, and how they appraise a project."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import IndexPage, Room
from partybuilding.opinions.admin import OpinionAdmin
from partybuilding.opinions.desk import opinion_lines
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.notices import notices_for
from partybuilding.opinions.page_parts import SECTION, SECTIONS, changes_of, ways_of_commitments
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.opinions.selectors import open_opinions_of
from partybuilding.opinions.states import OUTCOMES, REFUSALS, TABLE
from partybuilding.opinions.texts import TEXTS
from partybuilding.organizations.permissions import user_oversees

APPRAISALS = StaffMenuItem(
    _("Public appraisal"),
    reverse_lazy("partybuilding:appraisals"),
    name="appraisals",
    icon_name="form",
    order=45,
    may=user_oversees,
)

ROOM = Room(
    words=(OUTCOMES, REFUSALS),
    machines=(Machine("opinion", Opinion, TABLE, notices_for, "partybuilding:opinion"),),
    desk=(opinion_lines,),
    open_things=(open_opinions_of,),
    case_sections=(SECTION,),
    page_sections=SECTIONS,
    commitment_ways=(ways_of_commitments,),
    changes=(changes_of,),
    texts=TEXTS,
    menu={"opinions": (OpinionAdmin, APPRAISALS)},
    addresses={"": "partybuilding.opinions.urls"},
    public_addresses={"opinions/": "partybuilding.opinions.urls_public"},
    index_pages=(IndexPage(OpinionIndexPage, "群众意见", "opinions", order=90),),
)
