"""The newest published answers as an Atom feed; it takes the same query as the list."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partybuilding.core.lists import FacetList
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import reply_list, title_of

NEWEST = 50


class ReplyFeed(Feed):
    """The answers that a query of the list finds, newest first."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer like a page: the same for everybody, from any cache."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def get_object(self, request: HttpRequest) -> FacetList:
        """List what the query asks for."""
        return reply_list(request.GET, reverse("opinion_replies"))

    def title(self, listing: FacetList) -> str:
        """Return the title of the list."""
        return _("Answers to opinions")

    def link(self, listing: FacetList) -> str:
        """Return the address of the list."""
        return f"{listing.path}?{listing.query}" if listing.query else listing.path

    def items(self, listing: FacetList) -> list[Opinion]:
        """Return the newest of what was found."""
        return list(listing.found[:NEWEST])

    def item_title(self, opinion: Opinion) -> str:
        """Return the beginning of the question."""
        return title_of(opinion)

    def item_description(self, opinion: Opinion) -> str:
        """Return question, outcome and answer."""
        words = {
            "question": opinion.published_question,
            "outcome": opinion.get_outcome_display(),
            "answer": opinion.answer,
        }
        return _("Question: %(question)s\nAnswer (%(outcome)s): %(answer)s") % words

    def item_link(self, opinion: Opinion) -> str:
        """Return its address."""
        return reverse("opinion_reply", args=[opinion.pk])

    def item_author_name(self, opinion: Opinion) -> str:
        """Return who answered."""
        return opinion.unit.name if opinion.unit else _("Organization Department")

    def item_pubdate(self, opinion: Opinion) -> datetime | None:
        """Return when it was published."""
        return opinion.published_at

    def item_updateddate(self, opinion: Opinion) -> datetime | None:
        """Return when it was published."""
        return opinion.published_at
