"""The front page of the column."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.front import front_page
from home.site_settings import ColumnSettings
from partybuilding.core.pages import ColumnPage, PageMeta
from partybuilding.core.pages.meta import Thing, office


class HomePage(ColumnPage):
    """What was promised and kept, what was not, what lies near the reader, what is new."""

    lead = models.CharField(
        _("lead sentence"),
        max_length=120,
        blank=True,
        help_text=_("What this column is, in one sentence for residents."),
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*ColumnPage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def pages_above(self, request: HttpRequest) -> list[Page]:
        """Return nothing: the site begins here."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the rooms of the column have to show."""
        return {**super().get_context(request, *args, **kwargs), **front_page(request)}

    def meta(self, request: HttpRequest) -> PageMeta:
        """Say what the site is, who runs it, and how it is searched."""
        said = ColumnSettings.for_request(request)
        meta = PageMeta.of(self, request, description=self.lead or said.description)
        name = said.organizer or said.host
        site = {"@type": "WebSite", "name": meta.title, "url": meta.address}
        search = f"{request.build_absolute_uri(reverse('search'))}?q={{words}}"
        action = {"@type": "SearchAction", "target": search, "query-input": "required name=words"}
        things: list[Thing] = [{**site, "description": meta.description, "potentialAction": action}]
        if name:
            reached = {"telephone": said.contact, "address": said.address}
            things.append(office(name, url=meta.address, **reached))
        return replace(meta, things=tuple(things))
