"""What the CMS's own page screens show of a brand, and what project files and pages show of brands."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.brands.index import card_of, readable_brands
from partybuilding.brands.kind import KIND
from partybuilding.brands.permissions import user_can_begin_brand
from partybuilding.projects.casefile.contents import CaseAction, register_action, register_section
from partybuilding.projects.models import Project
from partybuilding.projects.page.sections import BRANDS, register_page_section
from partybuilding.projects.states import CHOSEN
from partybuilding.spreading.editing import (
    case_section,
    header_buttons,
    page_section,
    with_record_state,
)

brand_buttons = header_buttons(KIND)
with_brand_state = with_record_state(KIND)


def brand_ways(project: Project, user: Any) -> Iterator[CaseAction]:
    """Offer to draft a brand from a project that was approved."""
    if project.state in CHOSEN and user_can_begin_brand(project, user):
        url = reverse("partybuilding:brand_start", args=[project.pk])
        yield CaseAction(_("Draft a brand"), url, "pick")


def register_brands() -> None:
    """Put brands into the files and onto the pages of the projects that they grew from."""
    heading = gettext_lazy("Brands that grew from the project")
    register_action(brand_ways)
    register_section(case_section(KIND, "brands", 150))
    register_page_section(page_section(KIND, "brands", heading, BRANDS, readable_brands, card_of))
