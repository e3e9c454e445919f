"""The newest news as an Atom feed; it takes the same query as the list."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.news.index import NewsIndexPage
from home.news.pages import NewsPage
from partybuilding.core.pages.feeds import Asked, Entry, ListFeed


class NewsFeed(ListFeed):
    """The news that a query of the list finds, newest first."""

    index_model = NewsIndexPage
    heading = _("News of the column")

    def title(self, asked: Asked) -> str:
        """Return the title of the list, with what narrows it."""
        narrowed = "、".join(one["value"] for one in asked.listing.active)
        return f"{super().title(asked)}（{narrowed}）" if narrowed else super().title(asked)

    def entry_of(self, one: NewsPage, request: HttpRequest) -> Entry:
        """Tell one item in one sentence."""
        return Entry(
            title=one.title,
            text=one.summary,
            href=one.get_url(request) or "",
            author=one.source,
            published=one.published_on,
            updated=one.last_published_at,
            categories=(one.category.name,) if one.category else (),
        )
