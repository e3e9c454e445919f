"""The newest published answers as an Atom feed; it takes the same query as the list."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.pages.feeds import NEWEST, Entry, PublicFeed
from partybuilding.core.pages.lists import Listing
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import reply_list, title_of


class ReplyFeed(PublicFeed):
    """The answers that a query of the list finds, newest first."""

    def get_object(self, request: HttpRequest) -> Listing:
        """List what the query asks for."""
        return reply_list(request.GET, reverse("opinion_replies"))

    def title(self, listing: Listing) -> str:
        """Return the title of the list."""
        return _("Answers to opinions")

    def link(self, listing: Listing) -> str:
        """Return the address of the list."""
        return listing.address()

    def items(self, listing: Listing) -> list[Entry]:
        """Return the newest of what was found."""
        return [_entry_of(one) for one in listing.found[:NEWEST]]


def _entry_of(opinion: Opinion) -> Entry:
    """Tell an exchange: the beginning of the question, then question, outcome and answer, and who answered."""
    words = {
        "question": opinion.published_question,
        "outcome": opinion.get_outcome_display(),
        "answer": opinion.answer,
    }
    return Entry(
        title=title_of(opinion),
        text=_("Question: %(question)s\nAnswer (%(outcome)s): %(answer)s") % words,
        href=reverse("opinion_reply", args=[opinion.pk]),
        author=opinion.unit.name if opinion.unit else _("Organization Department"),
        published=opinion.published_at,
        updated=opinion.published_at,
    )
