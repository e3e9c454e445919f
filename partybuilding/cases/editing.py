"""What the CMS's own page screens show of a case study, and what project files and pages show of cases."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.cases.index import card_of, readable_cases
from partybuilding.cases.kind import KIND
from partybuilding.cases.states import FINISHED
from partybuilding.projects.casefile.contents import CaseAction, register_action, register_section
from partybuilding.projects.models import Project
from partybuilding.projects.page.sections import CASES, register_page_section
from partybuilding.spreading.editing import (
    case_section,
    header_buttons,
    page_section,
    with_record_state,
)
from partybuilding.spreading.permissions import user_can_write_pages

case_study_buttons = header_buttons(KIND)
with_case_state = with_record_state(KIND)


def case_ways(project: Project, user: Any) -> Iterator[CaseAction]:
    """Offer to start a case study from a graded project."""
    if project.state in FINISHED and user_can_write_pages(user):
        url = reverse("partybuilding:case_study_start", args=[project.pk])
        yield CaseAction(_("Start a case study"), url, "openquote")


def register_cases() -> None:
    """Put cases into the files and onto the pages of their projects."""
    heading = gettext_lazy("Case study of the project")
    register_action(case_ways)
    register_section(case_section(KIND, "cases", 140))
    register_page_section(page_section(KIND, "cases", heading, CASES, readable_cases, card_of))
