"""What the CMS's own page screens show of a brand, and what project files offer of brands."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from partybuilding.brands.index import BrandIndexPage, card_of, readable_brands
from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandPage
from partybuilding.brands.permissions import user_can_begin_brand
from partybuilding.brands.selectors import brands_of_project
from partybuilding.core.machine.offers import offers
from partybuilding.projects.casefile.contents import (
    CaseAction,
    CaseSection,
)
from partybuilding.projects.models import Project
from partybuilding.projects.page.sections import (
    BRANDS,
    PageSection,
    Reading,
)
from partybuilding.projects.states import CHOSEN


def brand_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the editor of a brand's page to its file, and to the steps that are the user's."""
    if not isinstance(page, BrandPage) or page.pk is None:
        return
    brand = Brand.objects.visible_to(user).filter(pk=page.brand_id).first()
    if brand is None:
        return
    url = reverse("partybuilding:brand", args=[brand.pk])
    yield Button(_("Brand file"), url, icon_name="pick", priority=5)
    for offer in offers(brand, user):
        if not offer.blocked:
            url = reverse("partybuilding:brand_step", args=[brand.pk, offer.step.code])
            yield Button(str(offer.step.label), url, icon_name="arrow-right", priority=6)


def with_brand_state(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Fetch the state of every brand with the list of the brands' pages."""
    if not isinstance(parent_page.specific, BrandIndexPage):
        return pages
    state = Brand.objects.filter(page=OuterRef("pk")).values("state")
    return pages.annotate(brand_state=Subquery(state))


def brand_ways(project: Project, user: Any) -> Iterator[CaseAction]:
    """Offer to draft a brand from a project that was approved."""
    if project.state in CHOSEN and user_can_begin_brand(project, user):
        url = reverse("partybuilding:brand_start", args=[project.pk])
        yield CaseAction(_("Draft a brand"), url, "pick")


def brands_section(project: Project, user: Any) -> Mapping[str, Any] | None:
    """Show the brands that grew from a project."""
    brands = list(brands_of_project(project, user))
    return {"brands": brands} if brands else None


def brands_part(reading: Reading) -> Mapping[str, Any] | None:
    """Show residents the brands that grew from a project, as far as they may read them."""
    pages = readable_brands().filter(brand__origins__project=reading.project)
    cards = [card_of(page, reading.request) for page in pages.order_by("pk")]
    return {"cards": cards} if cards else None


CASE_SECTION = CaseSection(
    "brands",
    gettext_lazy("Brands"),
    "partybuilding/brands/section.html",
    brands_section,
    order=150,
)

PAGE_SECTION = PageSection(
    "brands",
    gettext_lazy("Brands that grew from the project"),
    "partybuilding/brands/part.html",
    brands_part,
    BRANDS,
)
