"""The column's indexes: all projects with filters, and a programme year with its counts."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.column.figures import year_figures
from partybuilding.column.listing import project_list
from partybuilding.core.pages import SingularPage
from partybuilding.cycles.models import Cycle


class ProjectIndexPage(SingularPage):
    """All projects that residents may read, with filters."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["partybuilding.ProjectYearPage"]
    template = "partybuilding/column/project_index_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("projects index")
        verbose_name_plural = _("projects indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "listing": project_list(request.GET)}


class ProjectYearPage(SingularPage):
    """One programme year: its figures, by field and unit, and its projects."""

    cycle = models.OneToOneField(
        Cycle, verbose_name=_("programme year"), on_delete=models.PROTECT, related_name="page"
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    is_creatable = False
    parent_page_types = ["partybuilding.ProjectIndexPage"]
    subpage_types = ["partybuilding.ProjectPage"]
    template = "partybuilding/column/project_year_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("programme year page")
        verbose_name_plural = _("programme year pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the year's figures and the list that the query asks for."""
        context = super().get_context(request, *args, **kwargs)
        listing = project_list(request.GET, year=self.cycle.year)
        return {**context, "listing": listing, "figures": year_figures(self.cycle)}
