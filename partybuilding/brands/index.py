"""The list of brands: those that residents may read, with pictures, by year and field."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from partybuilding.brands.pages import BrandPage
from partybuilding.core.pages import pictures
from partybuilding.core.pages.facets import year_facet
from partybuilding.core.pages.listed import ListIndexPage
from partybuilding.organizations.facets import sector_facet


class BrandIndexPage(ListIndexPage):
    """Every brand that residents may read, with filters."""

    column_type = pgettext_lazy("column type", "Brands")
    subpage_types = ["partybuilding.BrandPage"]
    template = "partybuilding/brands/brand_index_page.html"
    order = ("-brand__recognised_at", "-pk")
    facets = (
        year_facet(
            "recognised_in", words=lambda year: pgettext("brand", "%(year)s") % {"year": year}
        ),
        sector_facet("brand__sector"),
    )

    class Meta:
        verbose_name = gettext_lazy("brands index")
        verbose_name_plural = gettext_lazy("brands indexes")

    @classmethod
    def listed(cls) -> QuerySet[BrandPage]:
        """Return the brands with the year of their recognition."""
        return readable_brands().annotate(recognised_in=ExtractYear("brand__recognised_at"))

    def card_of(self, page: BrandPage, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
        """Return what the card of a brand shows."""
        return card_of(page, request, pictured=pictured)


def readable_brands() -> QuerySet[BrandPage]:
    """Return every brand page that residents may read, with what lists show."""
    return (
        BrandPage.objects.readable()
        .defer("story", "spread")
        .select_related("brand__organization", "lead_image")
        .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
    )


def card_of(page: BrandPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a brand's card shows."""
    brand = page.brand
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": brand.organization.name,
        "sector": brand.get_sector_display(),
        "since": _("recognised in %(year)s")
        % {"year": timezone.localtime(brand.recognised_at).year},
        "state": brand.state_row.public,
        "tone": brand.state_row.tone,
        "summary": page.slogan or page.summary,
        "image": page.card_picture if pictured else None,
    }
