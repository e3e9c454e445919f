"""The index of one kind of thing: a list that its address narrows, and what stands around it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core.pages.column import ColumnPage
from partybuilding.core.pages.facets import Facet
from partybuilding.core.pages.lists import Listing, list_of

#: How many cards of a list show their picture: one row on a desk.
PICTURED = 3


class ListIndexPage(ColumnPage):
    """An index; a kind says what it lists, by what it is narrowed, and what a reader is shown.

    Attributes:
        facets: what the list can be narrowed to.
        order: the order of the list.
    """

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    content_panels = [*ColumnPage.content_panels, FieldPanel("introduction")]
    facets: tuple[Facet, ...] = ()
    order: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def listed(cls) -> QuerySet:
        """Return everything that residents may read here, with what the list shows."""
        raise NotImplementedError

    @classmethod
    def list_of(cls, query: Any, path: str = "") -> Listing:
        """List what an address asks for."""
        return list_of(cls.listed(), query, cls.facets, path, *cls.order)

    @classmethod
    def has_something_to_read(cls) -> bool:
        """Tell whether residents find anything here."""
        return cls.listed().exists()

    def card_of(self, page: Any, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
        """Return what the card of a page shows."""
        raise NotImplementedError

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what a reader is shown of the list: cards, the first ones with their picture."""
        cards = (
            self.card_of(page, request, pictured=at < PICTURED)
            for at, page in enumerate(listing.page)
        )
        return {"cards": list(cards)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        listing = self.list_of(request.GET, self.get_url(request) or request.path)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "listing": listing, **self.shown(listing, request)}
