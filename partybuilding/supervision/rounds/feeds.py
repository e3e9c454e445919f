"""Supervision as an Atom feed: the newest bulletins and notices; it takes the same query as the page."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partybuilding.core.pages.feeds import NEWEST, Asked, Entry, ListFeed
from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.words import corrected_words
from partybuilding.supervision.rounds.listing import (
    address_of,
    with_what_is_shown,
)
from partybuilding.supervision.wording import when_words


class SupervisionFeed(ListFeed):
    """The newest bulletins, and the notices that a query of the page finds."""

    index_model = SupervisionIndexPage
    heading = gettext_lazy("Supervision and rectification")

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest; bulletins are about all projects, so a narrowed list has none but of its years."""
        found = with_what_is_shown(asked.listing.found).order_by("-issued_at", "-pk")[:NEWEST]
        entries = [self.entry_of(notice, asked.request) for notice in found]
        if not any(asked.listing.chosen(name) for name in ("unit", "sector", "standing")):
            entries += _bulletins(asked)
        entries.sort(key=lambda entry: entry.published.timestamp() if entry.published else 0)
        return entries[::-1][:NEWEST]

    def entry_of(self, one: FeedbackNotice, request: HttpRequest) -> Entry:
        """Tell one notice by its number and its findings."""
        count = len(one.told.findings)
        words = ngettext("%(n)s finding", "%(n)s findings", count) % {"n": count}
        facts = {"project": one.project.page.title, "quarter": when_words(one.told)}
        return Entry(
            title=_("Feedback notice on %(project)s, %(quarter)s") % facts,
            text="；".join(
                filter(None, (one.number, one.revocation or words, corrected_words(one)))
            ),
            href=address_of(one, request),
            author=one.issuer,
            published=one.issued_at,
            updated=one.state_since,
        )


def _bulletins(asked: Asked) -> list[Entry]:
    found = readable_bulletins()
    if years := asked.listing.chosen("year"):
        found = found.filter(cycle__year__in=years)
    return [
        Entry(
            title=page.title,
            text=Figures(page.figures).sentence,
            href=page.get_url(asked.request) or "",
            author=page.issuer,
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in found[:NEWEST]
    ]
