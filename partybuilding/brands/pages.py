"""The public page of a brand, made together with its record, and the index of brands."""

from collections.abc import Iterator
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search.index import SearchField
from wagtail.url_routing import RouteResult

from partybuilding.brands.blocks import HonoursBlock, PlacesBlock
from partybuilding.brands.facts import card_of, facts_of, origins_of
from partybuilding.brands.models import NAME_LENGTH, Brand
from partybuilding.brands.permissions import user_can_edit_brand
from partybuilding.brands.states import TABLE
from partybuilding.brands.timeline import timeline_of
from partybuilding.core.pages import (
    Article,
    ArticleForm,
    RecordPage,
    RecordPageForm,
    open_to_all,
    own_address,
    pictures,
)
from partybuilding.core.pages.facets import year_facet
from partybuilding.core.pages.manuscript import Element, Heading, Quote, elements_of, facts
from partybuilding.core.pages.pictures import images_of
from partybuilding.organizations.filters import fields_of, sector_facet, unit_facet
from partybuilding.projects.forms import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import reading_ways
from partybuilding.projects.states import CHOSEN
from partybuilding.spreading.account import SpreadIndexPage, story_account
from partybuilding.spreading.blocks import StoryBlock
from partybuilding.spreading.telling import articles_about

#: The parts of a brand's page that lists leave out.
STREAMS = ("story", "spread", "places", "honours")
#: The address of the list in words, below the list itself.
TEXT = "text"
#: So many articles that tell of a brand are named.
ARTICLES = 6


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
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=gettext_lazy("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    story = StreamField(StoryBlock(), verbose_name=gettext_lazy("story of the brand"))
    spread = StreamField(
        StoryBlock(), verbose_name=gettext_lazy("how the brand is spread"), blank=True
    )

    places = StreamField(
        PlacesBlock(), verbose_name=gettext_lazy("where the brand can be seen"), blank=True
    )
    honours = StreamField(
        HonoursBlock(),
        verbose_name=gettext_lazy("honours given by others"),
        blank=True,
        help_text=gettext_lazy(
            "Recognition, promotion and the grades of its projects are added by themselves."
        ),
    )

    objects = PageManager.from_queryset(BrandPageQuerySet)()

    search_kind = "brand"
    search_fields = [
        *RecordPage.search_fields,
        *(SearchField(name) for name in ("slogan", "summary", *STREAMS, "search_record")),
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
        FieldPanel("logo"),
        Article.summary_panel,
        Article.picture_panel,
        *(FieldPanel(name) for name in STREAMS),
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
        return cls.objects.select_related("brand__organization__unit", "lead_image", "logo")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, and the pictures."""
        brand = self.brand
        projects = origins_of(brand)
        images = [self.lead_image, *images_of(self.story), *images_of(self.spread)]
        pictures.fetch_cuts(images, pictures.LEAD, pictures.BODY, pictures.CARD)
        ways = reading_ways(projects, request)
        row = brand.state_row
        return {
            **super().get_context(request, *args, **kwargs),
            **story_account(projects, ways),
            "brand": brand,
            "stage": row if row.public else None,
            "facts": facts_of(brand, projects),
            "facts_title": _("Brand facts"),
            "origins_title": _("The projects that the brand grew from"),
            "origins": ways,
            "lead_picture": self.lead_picture,
            "address": own_address(self.get_url(request) or request.path, request),
            "logo": pictures.picture_of(
                self.logo, pictures.MARK, _("Logo of %(name)s") % {"name": self.title}
            ),
            "timeline": timeline_of(brand, projects, self.honours),
            "articles": articles_about(
                [self.pk or 0, *(way["page"] for way in ways)], request, most=ARTICLES
            ),
        }

    def elements(self) -> Iterator[Element]:
        """Yield slogan and facts, the story, and how the brand is spread."""
        if self.slogan:
            yield Quote(self.slogan)
        yield from facts(facts_of(self.brand, origins_of(self.brand)))
        yield from elements_of(self.story)
        if self.spread:
            yield Heading(_("How the brand is spread"))
            yield from elements_of(self.spread)

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
    def search_projects(self) -> list[int]:
        """The projects that the brand grew from."""
        return list(self.brand.origins.values_list("project", flat=True))

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


class BrandIndexPage(SpreadIndexPage):
    """Every brand that residents may read, with filters; in pictures, and below `text/` in words alone."""

    column_type = pgettext_lazy("column type", "Brands")
    subpage_types = ["partybuilding.BrandPage"]
    template = "partybuilding/brands/brand_index_page.html"
    order = ("-brand__recognised_at", "-pk")
    facets = (
        year_facet(
            "recognised_in", words=lambda year: pgettext("brand", "%(year)s") % {"year": year}
        ),
        sector_facet("brand__sector"),
        unit_facet("brand__organization__unit"),
    )

    projects = "brand__origins__project"
    opening = gettext_lazy("%(count)s brands recognised in %(year)s")

    class Meta:
        verbose_name = gettext_lazy("brands index")
        verbose_name_plural = gettext_lazy("brands indexes")

    @classmethod
    def listed(cls) -> models.QuerySet[BrandPage]:
        """Return the brands with the year of their recognition."""
        return readable_brands().annotate(recognised_in=ExtractYear("brand__recognised_at"))

    def card_of(self, page: BrandPage, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
        """Return what the card of a brand shows; here every brand has its picture."""
        return card_of(page, request)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Lead to the list in words, too."""
        if path_components == [TEXT] and self.live:
            return RouteResult(self, kwargs={"in_words": True})
        return super().route(request, path_components)

    def get_context(
        self, request: HttpRequest, *args: Any, in_words: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        """Add in which view the list is shown, and the way to the other one."""
        context = super().get_context(request, *args, **kwargs)
        listing, here = context["listing"], self.get_url(request) or ""
        views = {False: here, True: f"{here}{TEXT}/"}
        listing.path = views[in_words]  # filters and pages stay in the view
        page = f"page={listing.page.number}" if listing.page.number > 1 else ""
        query = "&".join(filter(None, (listing.query, page)))
        other = f"{views[not in_words]}?{query}" if query else views[not in_words]
        ways = {"fields": fields_of(listing), "in_words": in_words, "other_view": other}
        return {**context, **ways}


def readable_brands() -> models.QuerySet[BrandPage]:
    """Return every brand page that residents may read, with what lists show."""
    return (
        BrandPage.objects.readable()
        .defer(*STREAMS)
        .select_related("brand__organization__unit", "lead_image")
        .prefetch_related(pictures.with_cut("lead_image", pictures.CARD))
    )
