"""The indexes of progress and of what is late: two parts of the site, each a list that its address narrows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.column.doing.listing import (
    PICTURED,
    due_commitments,
    due_entry,
    left_unkept,
    overdue_list,
    progress_list,
    readable_reports,
    report_entry,
)
from partybuilding.column.facets import LATE
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.core.pages import PageMeta, SingularPage


class DoingIndexPage(SingularPage):
    """A list of what is done or due; it holds no pages, and stands in the navigation when it lists any."""

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    subpage_types: list[str] = []
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]
    description: Any = ""

    class Meta:
        abstract = True

    @classmethod
    def listed(cls) -> QuerySet:
        """Return every row that residents may read here."""
        raise NotImplementedError

    @classmethod
    def has_something_to_read(cls) -> bool:
        """Tell whether residents find anything here."""
        return cls.listed().exists()

    def meta(self, request: HttpRequest) -> PageMeta:
        """Say what stands in the list."""
        return PageMeta.of(self, request, description=str(self.description))


class ProgressIndexPage(DoingIndexPage):
    """Everything that was reported done, the newest first."""

    column_type = pgettext_lazy("column type", "Progress")
    template = "partybuilding/column/progress_index_page.html"
    description = gettext_lazy(
        "What the projects have done of their public commitments, by date, with evidence."
    )

    class Meta:
        verbose_name = gettext_lazy("progress index")
        verbose_name_plural = gettext_lazy("progress indexes")

    @classmethod
    def listed(cls) -> QuerySet:
        """Return every report."""
        return readable_reports()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for."""
        listing = progress_list(request.GET, self.get_url(request) or request.path)
        query = f"?{listing.query}" if listing.query else ""
        feed = f"{reverse('progress_feed')}{query}"
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "entries": [
                report_entry(report, request, pictured=at < PICTURED)
                for at, report in enumerate(listing.page)
            ],
            "feed_url": feed,
            "feed_links": [{"text": self.title, "href": feed, "kind": "Atom"}],
        }


def _overdue_projects(request: HttpRequest) -> str:
    """Return where the projects with a promise that is overdue are listed."""
    index = ProjectIndexPage.objects.live().first()
    return f"{index.get_url(request)}?overdue={LATE}" if index else ""


class OverdueIndexPage(DoingIndexPage):
    """What is overdue, and what is due within 30 days."""

    column_type = pgettext_lazy("column type", "Overdue and due soon")
    template = "partybuilding/column/overdue_index_page.html"
    description = gettext_lazy(
        "Commitments that are overdue or due within 30 days, with who answers for each."
    )

    class Meta:
        verbose_name = gettext_lazy("index of what is overdue")
        verbose_name_plural = gettext_lazy("indexes of what is overdue")

    @classmethod
    def listed(cls) -> QuerySet:
        """Return every commitment that is overdue or due soon."""
        return due_commitments(timezone.localdate())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for."""
        today = timezone.localdate()
        listing = overdue_list(request.GET, self.get_url(request) or request.path, today)
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "entries": [due_entry(row, request, today) for row in listing.page],
            "left": left_unkept(),
            "left_url": _overdue_projects(request),
        }
