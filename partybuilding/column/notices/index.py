"""The index of the public notices."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.notices.listing import line_of, notice_list, readable_notices
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.pages.listed import ListIndexPage
from partybuilding.core.pages.lists import Listing


class NoticeIndexPage(ListIndexPage):
    """All public notices, with filters."""

    column_type = pgettext_lazy("column type", "Notices")
    subpage_types = ["partybuilding.NoticePage"]
    template = "partybuilding/column/notice_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("index of public notices")
        verbose_name_plural = gettext_lazy("indexes of public notices")

    @classmethod
    def listed(cls) -> QuerySet[NoticePage]:
        """Return every notice."""
        return readable_notices()

    @classmethod
    def list_of(cls, query: Any, path: str = "") -> Listing:
        """List the notices that an address asks for."""
        return notice_list(query, path)

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return the notices as lines, and the list as a feed."""
        feed = reverse("notices_feed")
        return {
            "lines": [line_of(notice, request) for notice in listing.page],
            "feed_url": feed,
            "feed_links": [{"text": _("Public notices"), "href": feed, "kind": "Atom"}],
        }
