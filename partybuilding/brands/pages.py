"""The public page of a brand, made together with its record, and the index of brands."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search.index import SearchField

from partybuilding.brands.models import NAME_LENGTH, Brand
from partybuilding.brands.permissions import user_can_edit_brand
from partybuilding.brands.states import TABLE
from partybuilding.core.pages import (
    Article,
    ArticleForm,
    RecordPage,
    RecordPageForm,
    open_to_all,
    pictures,
)
from partybuilding.core.pages.blocks import BodyBlock, images_of
from partybuilding.core.pages.facets import year_facet
from partybuilding.core.pages.lists import ListIndexPage
from partybuilding.organizations.filters import sector_facet
from partybuilding.projects.forms import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import reading_ways
from partybuilding.projects.states import CHOSEN


class BrandPageQuerySet(PageQuerySet):
    """Lists of brand pages."""

    def readable(self) -> "BrandPageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return open_to_all(self).filter(brand__state__in=TABLE.public_states())


class BrandPageForm(ArticleForm, RecordPageForm):
    """The editor's form of a brand's page; the name and the first project belong to the record."""

    record_fields = ("title", "project")
    project = ProjectField(
        label=gettext_lazy("Project that the brand grew from"),
        help_text=gettext_lazy(
            "Organization and field of the brand are those of this project; others are added in its file."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].label = _("brand name")
            self.fields["title"].validators.append(MaxLengthValidator(NAME_LENGTH))
        if "project" in self.fields:
            self.fields["project"].offer(self.for_user, CHOSEN)

    def may_write(self, record: Brand) -> bool:
        """Let write who may, until the brand is nominated."""
        return user_can_edit_brand(record, self.for_user)

    def material_of(self, record: Brand) -> dict[str, Any]:
        """Return the name and the first project."""
        first = record.origins.first()
        return {"title": record.name, "project": first and first.project_id}

    def begin_record(self, material: dict[str, Any]) -> Brand:
        """Begin the brand with its name and project."""
        brand = Brand(name=material["title"], created_by=self.for_user)
        brand.begun_from = (material["project"],)
        brand.take_after(material["project"])
        return brand


class BrandPage(Article, RecordPage):
    """A brand as residents read it."""

    record_name = "brand"

    brand = models.OneToOneField(
        Brand, verbose_name=gettext_lazy("brand"), on_delete=models.PROTECT, related_name="page"
    )
    slogan = models.CharField(gettext_lazy("slogan"), max_length=40, blank=True)
    story = StreamField(BodyBlock(), verbose_name=gettext_lazy("story of the brand"))
    spread = StreamField(
        BodyBlock(), verbose_name=gettext_lazy("how the brand is spread"), blank=True
    )

    objects = PageManager.from_queryset(BrandPageQuerySet)()

    search_kind = "brand"
    search_fields = [
        *RecordPage.search_fields,
        *(SearchField(name) for name in ("slogan", "summary", "story", "spread", "search_record")),
    ]

    parent_page_types = ["partybuilding.BrandIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/brands/brand_page.html"
    base_form_class = BrandPageForm
    content_panels = [
        HelpPanel(template="partybuilding/brands/panel.html"),
        *RecordPage.content_panels,
        FieldPanel("project", required_on_save=True),
        FieldPanel("slogan"),
        Article.summary_panel,
        Article.picture_panel,
        FieldPanel("story"),
        FieldPanel("spread"),
    ]

    class Meta:
        verbose_name = gettext_lazy("brand page")
        verbose_name_plural = gettext_lazy("brand pages")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page; once nominated, its title is the brand's name, whatever a draft says."""
        if self.brand_id and not self._name_is_free():
            self.title = self.brand.name
        super().save(*args, **kwargs)

    def _name_is_free(self) -> bool:
        return self.brand.state == TABLE.states[0].code

    @classmethod
    def to_read(cls) -> BrandPageQuerySet:
        """Return the pages with what showing one needs."""
        return cls.objects.select_related("brand__organization__unit", "lead_image")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, and the pictures."""
        brand = self.brand
        projects = origins_of(brand)
        images = [self.lead_image, *images_of(self.story), *images_of(self.spread)]
        pictures.fetch_cuts(images, pictures.LEAD, pictures.BODY, pictures.CARD)
        row = brand.state_row
        return {
            **super().get_context(request, *args, **kwargs),
            "brand": brand,
            "stage": row if row.public else None,
            "facts": facts_of(brand, projects),
            "facts_title": _("Brand facts"),
            "origins_title": _("The projects that the brand grew from"),
            "origins": reading_ways(projects, request),
            "lead_picture": self.lead_picture,
        }

    def told_by(self) -> str:
        """Name the owner."""
        return self.brand.organization.name

    @property
    def search_year(self) -> int | None:
        """The year in which the brand was recognised."""
        moment = self.brand.recognised_at
        return timezone.localtime(moment).year if moment else None

    @property
    def search_sector(self) -> str:
        """The brand's field."""
        return self.brand.sector

    @property
    def search_names(self) -> list[str]:
        """The brand's name and its owners."""
        projects = Project.objects.filter(brand_origins__brand=self.brand_id)
        owners = [name for project in projects for name in project.told.organizations]
        return list(dict.fromkeys([self.brand.name, self.brand.organization.name, *owners]))

    @property
    def search_note(self) -> str:
        """Whose brand it is, in one line."""
        return self.brand.organization.name

    def search_record(self) -> list[str]:
        """Return by what of its record the brand is found: name, owners and their unit."""
        unit = self.brand.organization.unit
        return [*self.search_names, unit.name if unit else ""]


def origins_of(brand: Brand) -> list[Project]:
    """Return the projects that a brand grew from; those that its new page brings along before it is saved."""
    if brand.pk is None:
        return list(brand.begun_from)  # type: ignore[unreachable]
    found = Project.objects.filter(brand_origins__brand=brand).order_by("brand_origins__order")
    return list(
        found.select_related("cycle", "organization").prefetch_related("partners__organization")
    )


def facts_of(brand: Brand, projects: list[Project]) -> list[dict[str, Any]]:
    """Return the facts beside a brand's text."""
    owners = dict.fromkeys(name for project in projects for name in project.told.organizations)
    unit = brand.organization.unit
    return [
        {"label": pgettext("brand", "Owner"), "value": "、".join(owners)},
        {"label": pgettext("column", "Reporting unit"), "value": unit and unit.name},
        {"label": pgettext("column", "Field"), "value": brand.get_sector_display()},
        {"label": pgettext("brand", "Recognised on"), "value": _day(brand.recognised_at)},
        {"label": pgettext("brand", "Promoted since"), "value": _day(brand.promoted_at)},
    ]


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


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
