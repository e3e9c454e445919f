"""The plain pages of the site: texts about itself, and the map of what is in it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.branches import branches_of
from partybuilding.core.pages import ColumnPage, PageMeta
from partybuilding.core.pages.blocks import BodyBlock


class TextPage(ColumnPage):
    """A text about the site: about it, its accessibility, readers' privacy."""

    lead = models.CharField(
        _("lead sentence"),
        max_length=160,
        blank=True,
        help_text=_("What the page is about, in one sentence."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("page body"))
    shows_contact = models.BooleanField(
        _("show whom to contact"),
        default=True,
        help_text=_("At the end, from the settings of the column."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/text_page.html"
    content_panels = [
        *ColumnPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("shows_contact"),
    ]

    search_fields = [
        *ColumnPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def meta(self, request: HttpRequest) -> PageMeta:
        """Describe the page by its lead."""
        return PageMeta.of(self, request, description=self.lead)


class SiteMapPage(ColumnPage):
    """Every part of the site with what is newest in it, read from the rows."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/site_map_page.html"

    class Meta:
        verbose_name = _("site map")
        verbose_name_plural = _("site maps")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the parts of the site."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "groups": branches_of(request, self)}
