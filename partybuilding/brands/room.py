"""Brands that grew from projects."""

from django.utils.translation import gettext_lazy as _

from partybuilding.brands.admin import BrandAdmin
from partybuilding.brands.desk import brand_lines, brand_ways
from partybuilding.brands.facts import card_of
from partybuilding.brands.kind import KIND
from partybuilding.brands.messages import TEXTS
from partybuilding.brands.models import Brand
from partybuilding.brands.notices import notices_for
from partybuilding.brands.pages import BrandIndexPage, BrandPage, readable_brands
from partybuilding.brands.services import begin_brand_of_page, write_brand_of_page
from partybuilding.brands.states import TABLE
from partybuilding.core.machine.registry import Machine
from partybuilding.core.pages import material_given, record_made
from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.projects.page.parts import BRANDS
from partybuilding.spreading.shown import (
    case_section,
    header_buttons,
    page_section,
    with_record_state,
)

ROOM = Room(
    texts=TEXTS,
    machines=(Machine("brand", Brand, TABLE, notices_for, "partybuilding:brand"),),
    listeners=(
        Listener(record_made, begin_brand_of_page, BrandPage),
        Listener(material_given, write_brand_of_page, BrandPage),
    ),
    desk=(brand_lines,),
    case_sections=(case_section(KIND, "brands", 150),),
    case_actions=(brand_ways,),
    page_sections=(
        page_section(
            KIND, "brands", _("Brands that grew from the project"), BRANDS, readable_brands, card_of
        ),
    ),
    menu={"spreading": (BrandAdmin,)},
    addresses={"": "partybuilding.brands.urls"},
    index_pages=(IndexPage(BrandIndexPage, "[[brand]]", "brands", order=80, is_written=True),),
    hooks=(
        ("register_page_header_buttons", header_buttons(KIND)),
        ("construct_explorer_page_queryset", with_record_state(KIND)),
    ),
)
