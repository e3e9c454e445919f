"""The projects as an Atom feed; it takes the same query as the list."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.column.listing import project_list
from partybuilding.column.selectors import on_show
from partybuilding.core.pages.feeds import Asked, Entry, PublicFeed
from partybuilding.projects.page.changed import changed_at

#: The most entries of a feed; a query that finds more is read page by page, with `page`.
MOST = 500


class ProjectFeed(PublicFeed):
    """The projects that a query of the list finds, in its order: newest first unless it says otherwise."""

    def get_object(self, request: HttpRequest) -> Asked:
        """List what the query asks for."""
        return Asked(request, project_list(request.GET), on_show(request).index)

    def title(self, asked: Asked) -> str:
        """Return the title of the list."""
        return asked.index.title if asked.index else _("Projects of the column")

    def link(self, asked: Asked) -> str:
        """Return the address of the list."""
        address = asked.index.get_url(asked.request) if asked.index else None
        address = address or reverse("wagtail_serve", args=[""])
        query = asked.listing.query()
        return f"{address}?{query}" if query else address

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
            for page in pages.annotate(last_change=changed_at())
        ]
