"""The index of one kind of page: a list that its address narrows by facets, with pictures and pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core.pages.lists import Facet, facet_list
from partybuilding.core.pages.singular import SingularPage

#: How many cards of a list show their picture: one row on a desk. A first view keeps to 15 requests.
PICTURED = 3


class FacetIndexPage(SingularPage):
    """An index; a kind says what it lists, by what it is narrowed, and what a card shows.

    Attributes:
        facets: what the list can be narrowed to.
        order: the order of the list.
    """

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    content_panels = [*SingularPage.content_panels, FieldPanel("introduction")]
    facets: tuple[Facet, ...] = ()
    order: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def listed(self) -> QuerySet:
        """Return every page that residents may read here, with what cards show."""
        raise NotImplementedError

    def card_of(self, page: Any, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
        """Return what the card of a page shows."""
        raise NotImplementedError

    def has_something_to_read(self) -> bool:
        """Tell whether residents find anything here."""
        return self.listed().exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        path = self.get_url(request) or request.path
        listing = facet_list(self.listed(), request.GET, self.facets, path, *self.order)
        return {
            **super().get_context(request, *args, **kwargs),
            "listing": listing,
            "cards": [
                self.card_of(page, request, pictured=at < PICTURED)
                for at, page in enumerate(listing.page)
            ],
        }
