"""What the room says of case studies: their words, looks and addresses."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseIndexPage, CaseStudyPage
from partybuilding.cases.states import STRIP
from partybuilding.core.states import Text
from partybuilding.spreading.kinds import Kind

PHRASES: dict[str, tuple[Text, ...]] = {
    "select": (_("The practice is clear, the figures are solid, and it can be copied; selected."),),
    "send_back": (
        _("Please support the results with figures."),
        _("Please say step by step how it was done, so that others can copy it."),
    ),
    "decline": (_("The content overlaps with a case that has been selected."),),
    "retract": (_("The content was found to differ from the facts on review."),),
}

KIND = Kind(
    code="case_study",
    model=CaseStudy,
    page=CaseStudyPage,
    index=CaseIndexPage,
    projects="project",
    register="party_cases_modeladmin_index",
    label=_("Case studies"),
    file_label=_("Case file"),
    line=gettext_noop("Cases: %(state)s"),
    icon="openquote",
    strip=STRIP,
    refused=_("Cases are written by editors."),
    ended=_("This case no longer gets a page."),
    homeless=_("Make the index of cases below the front page first."),
    phrases=PHRASES,
)
