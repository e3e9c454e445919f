"""The public pages of brands: the list, and one page a brand, made together with its record."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager, PageQuerySet

from partybuilding.brands.models import NAME_LENGTH, Brand
from partybuilding.brands.permissions import user_can_edit_brand
from partybuilding.brands.states import TABLE
from partybuilding.core import pictures
from partybuilding.core.lists import Facet, facet_list
from partybuilding.core.pages import MadePage, MadePageForm, SingularPage, open_to_all
from partybuilding.organizations.states import Sector
from partybuilding.projects.blocks import BodyBlock
from partybuilding.projects.forms_choosing import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import reading_ways
from partybuilding.projects.states import CHOSEN

#: How many cards of a list show their picture; a first view keeps to 15 requests.
PICTURED = 6


class BrandPageQuerySet(PageQuerySet):
    """Lists of brand pages."""

    def readable(self) -> "BrandPageQuerySet":
        """Keep what residents may read: live, and allowed by the record."""
        return open_to_all(self).filter(brand__state__in=TABLE.public_states())


class BrandPageForm(MadePageForm):
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

    def clean(self) -> dict[str, Any]:
        """Ask what the lead picture shows before the page is handed in; a draft may still lack it."""
        cleaned = super().clean()
        if self.is_handed_in and cleaned.get("lead_image") and not cleaned.get("lead_image_alt"):
            self.add_error("lead_image_alt", _("Say what the lead picture shows."))
        return cleaned


class BrandPage(MadePage):
    """A brand as residents read it."""

    record_name = "brand"

    brand = models.OneToOneField(
        Brand, verbose_name=gettext_lazy("brand"), on_delete=models.PROTECT, related_name="page"
    )
    slogan = models.CharField(gettext_lazy("slogan"), max_length=40, blank=True)
    summary = models.CharField(
        gettext_lazy("summary"),
        max_length=120,
        help_text=gettext_lazy("One sentence for lists and search results, in plain words."),
    )
    lead_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=gettext_lazy("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        gettext_lazy("text alternative of the lead picture"), max_length=120, blank=True
    )
    story = StreamField(BodyBlock(), verbose_name=gettext_lazy("story of the brand"))
    spread = StreamField(
        BodyBlock(), verbose_name=gettext_lazy("how the brand is spread"), blank=True
    )

    objects = PageManager.from_queryset(BrandPageQuerySet)()

    parent_page_types = ["partybuilding.BrandIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/brands/brand_page.html"
    base_form_class = BrandPageForm
    content_panels = [
        HelpPanel(template="partybuilding/brands/panel.html"),
        *MadePage.content_panels,
        FieldPanel("project", required_on_save=True),
        FieldPanel("slogan"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
            heading=gettext_lazy("Lead picture"),
        ),
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

    def get_admin_display_title(self) -> str:
        """Return the title with the brand's state; lists of pages have fetched it."""
        state = getattr(self, "brand_state", None) or self.brand.state
        return f"{super().get_admin_display_title()}（{TABLE.state(state).label}）"

    @property
    def card_picture(self) -> pictures.Picture | None:
        """The lead picture as lists show it."""
        return pictures.picture_of(self.lead_image, pictures.CARD, self.lead_image_alt)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the record residents may read, and the pictures."""
        brand = self.brand
        projects = origins_of(brand)
        streams = [*self.story, *self.spread]
        figures = [block.value["image"] for block in streams if block.block_type == "figure"]
        pictures.fetch_cuts([self.lead_image, *figures], pictures.LEAD, pictures.BODY)
        row = brand.state_row
        return {
            **super().get_context(request, *args, **kwargs),
            "brand": brand,
            "stage": row if row.public else None,
            "facts": facts_of(brand, projects),
            "facts_title": _("Brand facts"),
            "source": brand.organization.name,
            "origins_title": _("The projects that the brand grew from"),
            "origins": reading_ways(projects, request),
            "lead_picture": pictures.picture_of(
                self.lead_image, pictures.LEAD, self.lead_image_alt
            ),
        }


def origins_of(brand: Brand) -> list[Project]:
    """Return the projects that a brand grew from; those that its new page brings along before it is saved."""
    if brand.pk is None:
        return list(brand.begun_from)
    found = Project.objects.filter(brand_origins__brand=brand).order_by("brand_origins__order")
    return list(
        found.select_related("cycle", "organization").prefetch_related("partners__organization")
    )


def facts_of(brand: Brand, projects: list[Project]) -> list[dict[str, Any]]:
    """Return the facts beside a brand's text."""
    owners = dict.fromkeys(
        name
        for project in projects
        for name in (
            project.organization.name,
            *(partner.organization.name for partner in project.partners.all()),
        )
    )
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


FACETS = (
    Facet(
        "year",
        pgettext_lazy("column", "Year"),
        "recognised_in",
        lambda year: _("Year %(year)s") % {"year": year},
        order=lambda year: -year,
    ),
    Facet(
        "sector",
        pgettext_lazy("column", "Field"),
        "brand__sector",
        lambda code: str(Sector(code).label),
        order=Sector.values.index,
    ),
)


class BrandIndexPage(SingularPage):
    """Every brand that residents may read, with filters."""

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["partybuilding.BrandPage"]
    template = "partybuilding/brands/brand_index_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("brands index")
        verbose_name_plural = gettext_lazy("brands indexes")

    def has_something_to_read(self) -> bool:
        """Tell whether residents find a brand here."""
        return BrandPage.objects.readable().exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        pages = readable_brands().annotate(recognised_in=ExtractYear("brand__recognised_at"))
        path = self.get_url(request) or request.path
        order = ("-brand__recognised_at", "-pk")
        listing = facet_list(pages, request.GET, FACETS, path, *order)
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "cards": [
                card_of(page, request, pictured=at < PICTURED)
                for at, page in enumerate(listing.page)
            ],
        }


def readable_brands() -> models.QuerySet[BrandPage]:
    """Return every brand page that residents may read, with what lists show."""
    return (
        BrandPage.objects.readable()
        .defer("story", "spread")
        .select_related("brand__organization")
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
        "year": timezone.localtime(brand.recognised_at).year,
        "state": brand.state_row.public,
        "tone": brand.state_row.tone,
        "summary": page.slogan or page.summary,
        "image": page.card_picture if pictured else None,
    }
