"""The newest notices as an Atom feed; it takes the same query as the list."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.pages.feeds import Entry, ListFeed


class NoticeFeed(ListFeed):
    """The notices that a query of the list finds, newest first."""

    index_model = NoticeIndexPage
    heading = _("Public notices")

    def entry_of(self, one: NoticePage, request: HttpRequest) -> Entry:
        """Tell one notice by its kind and its period."""
        parts = (one.get_kind_display(), one.period.words if one.period else "")
        return Entry(
            title=one.title,
            text="；".join(part for part in parts if part),
            href=one.get_url(request) or "",
            author=one.issuer,
            published=one.first_published_at,
            updated=one.last_published_at,
        )
