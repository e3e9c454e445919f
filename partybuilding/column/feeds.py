"""The projects as an Atom feed; it takes the same query as the list."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partybuilding.column.changed import read_last_change
from partybuilding.column.listing import project_list
from partybuilding.column.selectors import on_show
from partybuilding.core.pages.feeds import Asked, Entry, PublicFeed, address_of

#: The most entries of a feed; a query that finds more is read page by page, with `page`.
MOST = 500


class ProjectFeed(PublicFeed):
    """The projects that a query of the list finds, in its order: newest first unless it says otherwise."""

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        index = on_show(request).index
        return Asked(request, project_list(request.GET, address_of(index, request)), index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Projects of the column")

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        return asked.listing.address()

    def items(self, asked: Asked) -> list[Entry]:
        """Return what was found, each told in one sentence."""
        listing = asked.listing
        pages = listing.taken_along if listing.asks_page else listing.found[:MOST]
        return [
            Entry(
                title=page.title,
                text=page.summary,
                href=page.get_url(asked.request) or "",
                author=page.project.told.organization,
                published=page.first_published_at,
                updated=page.changed_at,
            )
            for page in pages.annotate(**read_last_change())
        ]
