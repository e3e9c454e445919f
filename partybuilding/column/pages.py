"""The column's indexes: all projects with filters, and a programme year with its counts."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.column.cards import cards_of
from partybuilding.column.figures import year_figures
from partybuilding.column.filters import filter_bar
from partybuilding.column.listing import project_list
from partybuilding.core.pages import SingularPage
from partybuilding.cycles.models import Cycle


class ListPage(SingularPage):
    """A page with a list of projects that the query narrows."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True

    #: The programme year of the list by its key; all years when there is none.
    cycle_id: int | None = None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        listing = project_list(request.GET, cycle_id=self.cycle_id)
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "cards": cards_of(listing.page, request),
            "filter_bar": filter_bar(listing, self.get_url(request) or request.path),
            "feed_url": reverse("projects_feed"),
        }


class ProjectIndexPage(ListPage):
    """All projects that residents may read, with filters."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["partybuilding.ProjectYearPage"]
    template = "partybuilding/column/project_index_page.html"

    class Meta:
        verbose_name = _("projects index")
        verbose_name_plural = _("projects indexes")


class ProjectYearPage(ListPage):
    """One programme year: its figures, by field, and its projects."""

    cycle = models.OneToOneField(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="page"
    )

    is_creatable = False
    parent_page_types = ["partybuilding.ProjectIndexPage"]
    subpage_types = ["partybuilding.ProjectPage"]
    template = "partybuilding/column/project_year_page.html"

    class Meta:
        verbose_name = _("programme year page")
        verbose_name_plural = _("programme year pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the year's figures."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "figures": year_figures(self.cycle_id)}
