"""Brands that grew from projects."""

from partybuilding.brands import editing
from partybuilding.brands.admin import BrandAdmin
from partybuilding.brands.desk import brand_lines
from partybuilding.brands.index import BrandIndexPage
from partybuilding.brands.models import Brand
from partybuilding.brands.notices import notices_for
from partybuilding.brands.pages import BrandPage
from partybuilding.brands.services import begin_brand_of_page, write_brand_of_page
from partybuilding.brands.states import TABLE
from partybuilding.core.machine.registry import Machine
from partybuilding.core.pages import material_given, record_made
from partybuilding.core.rooms import IndexPage, Listener, Room

ROOM = Room(
    machines=(Machine("brand", Brand, TABLE, notices_for, "partybuilding:brand"),),
    listeners=(
        Listener(record_made, begin_brand_of_page, BrandPage),
        Listener(material_given, write_brand_of_page, BrandPage),
    ),
    desk=(brand_lines,),
    case_sections=(editing.CASE_SECTION,),
    case_actions=(editing.brand_ways,),
    page_sections=(editing.PAGE_SECTION,),
    menu={"spreading": (BrandAdmin,)},
    addresses={"": "partybuilding.brands.urls"},
    index_pages=(IndexPage(BrandIndexPage, "党建品牌", "brands", order=80, is_written=True),),
    hooks=(
        ("register_page_header_buttons", editing.brand_buttons),
        ("construct_explorer_page_queryset", editing.with_brand_state),
    ),
)
