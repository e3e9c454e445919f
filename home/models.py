"""The front page of the column."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from partybuilding.column.figures import year_figures
from partybuilding.column.listing import readable_projects
from partybuilding.core.pages import SingularPage
from partybuilding.cycles.models import Cycle

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
        context = super().get_context(request, *args, **kwargs)
        projects = list(readable_projects().order_by("-first_published_at", "-pk")[:NEWEST])
        years = Cycle.objects.filter(page__live=True).select_related("page").order_by("-year")
        year = years.first()
        return {
            **context,
            "projects": projects,
            "year": year,
            "figures": year_figures(year) if year else None,
        }
