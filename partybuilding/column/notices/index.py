"""The index of the public notices."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.column.notices.listing import line_of, notice_list, readable_notices
from partybuilding.core.pages import SingularPage


class NoticeIndexPage(SingularPage):
    """All public notices, with filters."""

    column_type = pgettext_lazy("column type", "Notices")

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    subpage_types = ["partybuilding.NoticePage"]
    template = "partybuilding/column/notice_index_page.html"
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("index of public notices")
        verbose_name_plural = gettext_lazy("indexes of public notices")

    def has_something_to_read(self) -> bool:
        """Tell whether any notice is published."""
        return readable_notices().exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for."""
        listing = notice_list(request.GET, self.get_url(request) or request.path)
        feed = reverse("notices_feed")
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "lines": [line_of(notice, request) for notice in listing.page],
            "feed_url": feed,
            "feed_links": [{"text": _("Public notices"), "href": feed, "kind": "Atom"}],
        }
