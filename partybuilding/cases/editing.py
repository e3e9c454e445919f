"""What the CMS's own page screens show of a case study, and what project files offer of cases."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from partybuilding.cases.index import CaseIndexPage, card_of, readable_cases
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.permissions import user_can_write_case
from partybuilding.cases.selectors import cases_of_project
from partybuilding.cases.states import FINISHED
from partybuilding.core.machine.offers import offers
from partybuilding.projects.casefile.contents import (
    CaseAction,
    CaseSection,
)
from partybuilding.projects.models import Project
from partybuilding.projects.page.sections import (
    CASES,
    PageSection,
    Reading,
)


def case_study_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the editor of a case's page to its file, and to the steps that are the user's."""
    if not isinstance(page, CaseStudyPage) or page.pk is None:
        return
    case = CaseStudy.objects.visible_to(user).filter(pk=page.case_id).first()
    if case is None:
        return
    url = reverse("partybuilding:case_study", args=[case.pk])
    yield Button(_("Case file"), url, icon_name="openquote", priority=5)
    for offer in offers(case, user):
        if not offer.blocked:
            url = reverse("partybuilding:case_study_step", args=[case.pk, offer.step.code])
            yield Button(str(offer.step.label), url, icon_name="arrow-right", priority=6)


def with_case_state(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Fetch the state of every case with the list of the cases' pages."""
    if not isinstance(parent_page.specific, CaseIndexPage):
        return pages
    state = CaseStudy.objects.filter(page=OuterRef("pk")).values("state")
    return pages.annotate(case_state=Subquery(state))


def case_ways(project: Project, user: Any) -> Iterator[CaseAction]:
    """Offer to start a case study from a graded project."""
    if project.state in FINISHED and user_can_write_case(user):
        url = reverse("partybuilding:case_study_start", args=[project.pk])
        yield CaseAction(_("Start a case study"), url, "openquote")


def cases_section(project: Project, user: Any) -> Mapping[str, Any] | None:
    """Show the cases that were written from a project."""
    cases = list(cases_of_project(project, user))
    return {"cases": cases} if cases else None


def cases_part(reading: Reading) -> Mapping[str, Any] | None:
    """Show residents the cases that were written from a project, as far as they may read them."""
    pages = readable_cases().filter(case__project=reading.project)
    cards = [card_of(page, reading.request) for page in pages.order_by("pk")]
    return {"cards": cards} if cards else None


CASE_SECTION = CaseSection(
    "cases",
    gettext_lazy("Case studies"),
    "partybuilding/cases/section.html",
    cases_section,
    order=140,
)

PAGE_SECTION = PageSection(
    "cases",
    gettext_lazy("Case study of the project"),
    "partybuilding/cases/part.html",
    cases_part,
    CASES,
)
