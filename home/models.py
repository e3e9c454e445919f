"""The front page of the column, and what every page says of the site."""

from typing import Any

from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from home.news.index import NewsIndexPage
from home.news.models import NewsCategory
from home.news.pages import NewsPage
from home.pages import SiteMapPage, TextPage
from partybuilding.column.cards import card_of, line_of
from partybuilding.column.figures import by_sector, year_figures
from partybuilding.column.listing import readable_projects
from partybuilding.column.notices.office import WORKING_DAYS
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import SingularPage
from partybuilding.projects.pages import ProjectPage

__all__ = [
    "ColumnSettings",
    "HomePage",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "SiteMapPage",
    "TextPage",
]

#: The newest projects of the front page: some with their picture, the others as lines.
PICTURED = 2
NEWEST = 8


class HomePage(SingularPage):
    """The year in numbers, the newest projects, and the ways in."""

    lead = models.CharField(
        _("lead sentence"),
        max_length=120,
        blank=True,
        help_text=_("What this column is, in one sentence for residents."),
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest year that has something to read, and the newest projects."""
        newest = list(readable_projects().order_by("-first_published_at", "-pk")[:NEWEST])
        shown = on_show(request)
        year, index = shown.settled, shown.index
        figures = year_figures(year.cycle_id) if year else None
        return {
            **super().get_context(request, *args, **kwargs),
            "cards": [card_of(page, request) for page in newest[:PICTURED]],
            "lines": [line_of(page, request) for page in newest[PICTURED:]],
            "index_url": index.get_url(request) if index else "",
            "feed_url": reverse("projects_feed"),
            "year": year,
            "year_url": year.get_url(request) if year else "",
            "figures": figures,
            "ways": ways_in(index, request) if index else [],
        }


def ways_in(index: Page, request: HttpRequest) -> list[dict[str, str]]:
    """Return the ways into the list of projects by field, with the number behind each."""
    address = index.get_url(request) or ""
    return [
        {
            "text": _("%(label)s (%(count)s)") % {"label": sector.label, "count": sector.count},
            "href": f"{address}?sector={sector.value}",
            "tone": "secondary",
        }
        for sector in by_sector(ProjectPage.objects.readable())
        if sector.count
    ]


@register_setting(icon="site", order=100)
class ColumnSettings(BaseSiteSetting):
    """What head and foot of every page say: who runs the site, and its records."""

    tagline = models.CharField(_("line below the name"), max_length=60, blank=True)
    description = models.CharField(
        _("site description"),
        max_length=160,
        blank=True,
        help_text=_("One or two sentences for search engines."),
    )
    host = models.CharField(_("host of the site"), max_length=100, blank=True)
    organizer = models.CharField(_("organizer of the site"), max_length=100, blank=True)
    contact = models.CharField(_("contact telephone of the site"), max_length=60, blank=True)
    address = models.CharField(_("postal address"), max_length=120, blank=True)
    domain = models.CharField(
        _("domain of the site"),
        max_length=100,
        blank=True,
        help_text=_("For the meta tag SiteDomain."),
    )
    site_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP record number"), max_length=60, blank=True)
    police_number = models.CharField(_("public-security record number"), max_length=60, blank=True)
    police_url = models.CharField(
        _("address of the public-security record"),
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
    )
    objection_office = models.CharField(
        _("office that receives objections"), max_length=100, blank=True
    )
    objection_phone = models.CharField(_("telephone for objections"), max_length=60, blank=True)
    objection_address = models.CharField(_("address for objections"), max_length=160, blank=True)
    objection_email = models.EmailField(_("e-mail for objections"), blank=True)
    objection_form = models.TextField(
        _("form of objections"),
        max_length=300,
        blank=True,
        help_text=_("E.g. in writing, with one's real name, with facts and evidence."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("working days of a public comment"),
        default=WORKING_DAYS,
        validators=[MinValueValidator(1)],
        help_text=_("Approved lists are open to comment for at least so many working days."),
    )
    embedded = models.BooleanField(
        _("head and foot are provided by the portal"),
        default=False,
        help_text=_("For a site inside a district portal that draws its own head and foot."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("tagline"), FieldPanel("description")], heading=_("Name")),
        MultiFieldPanel(
            [
                FieldPanel("host"),
                FieldPanel("organizer"),
                FieldPanel("contact"),
                FieldPanel("address"),
            ],
            heading=_("Who runs the site"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("domain"),
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("police_url"),
            ],
            heading=_("Records of the site"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("objection_office"),
                FieldPanel("objection_phone"),
                FieldPanel("objection_address"),
                FieldPanel("objection_email"),
                FieldPanel("objection_form"),
                FieldPanel("notice_days"),
            ],
            heading=_("Objections to public notices"),
        ),
        FieldPanel("embedded"),
    ]

    class Meta:
        verbose_name = _("settings of the column")
