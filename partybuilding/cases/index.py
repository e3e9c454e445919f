"""The list of case studies: those that residents may read, with pictures, by year and field."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.cases.pages import STREAMS, CaseStudyPage
from partybuilding.core.pages import pictures
from partybuilding.core.pages.facets import year_facet
from partybuilding.core.pages.listed import ListIndexPage
from partybuilding.organizations.facets import sector_facet
from partybuilding.projects.page.facts import announced_grade


class CaseIndexPage(ListIndexPage):
    """Every case study that residents may read, with filters."""

    column_type = pgettext_lazy("column type", "Case studies")
    subpage_types = ["partybuilding.CaseStudyPage"]
    template = "partybuilding/cases/case_index_page.html"
    order = ("-case__published_at", "-pk")
    facets = (
        year_facet("case__project__cycle__year"),
        sector_facet("case__project__sector"),
    )

    class Meta:
        verbose_name = gettext_lazy("cases index")
        verbose_name_plural = gettext_lazy("cases indexes")

    @classmethod
    def listed(cls) -> QuerySet[CaseStudyPage]:
        """Return the cases."""
        return readable_cases()

    def card_of(
        self, page: CaseStudyPage, request: HttpRequest, *, pictured: bool
    ) -> dict[str, Any]:
        """Return what the card of a case shows."""
        return card_of(page, request, pictured=pictured)


def readable_cases() -> QuerySet[CaseStudyPage]:
    """Return every case page that residents may read, with what lists show."""
    return (
        CaseStudyPage.objects.readable()
        .defer(*STREAMS)
        .select_related(
            "case__project__cycle",
            "case__project__organization",
            "case__project__grade_class",
            "lead_image",
        )
        .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
    )


def card_of(page: CaseStudyPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a case's card shows."""
    project = page.case.project
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": project.told.organization,
        "sector": project.told.sector,
        "year": project.cycle.year,
        "grade": announced_grade(project),
        "summary": page.summary,
        "image": page.card_picture if pictured else None,
    }
