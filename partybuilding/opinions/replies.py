"""What everybody may read of opinions: published exchanges, and the list that its address narrows."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.facets import word_facet, year_facet
from partybuilding.core.pages.feeds import NEWEST, Entry, PublicFeed
from partybuilding.core.pages.lists import Listing, list_of
from partybuilding.core.pages.words import QUERY_LENGTH, clean_words, every_word_in
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.states import OUTCOMES, Outcome
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.projects.pages import ProjectPage

ORDER = ("-published_at", "-pk")
TITLE_LENGTH = 60
TONES: dict[str, str] = {
    Outcome.ADOPTED: "positive",
    Outcome.PARTLY: "active",
    Outcome.EXPLAINED: "neutral",
    Outcome.PASSED_ON: "waiting",
}


def readable_replies() -> QuerySet[Opinion]:
    """Return the published exchanges; those on a project only while its page can be read."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    shown = Opinion.objects.published().filter(Q(project=None) | Q(project__in=pages))
    return shown.select_related(
        "project__page", "project__organization", "commitment", "unit"
    ).defer("text", "contact", "project__page__body", "project__page__attachments")


FACETS = (
    year_facet("cycle__year"),
    unit_facet("unit"),
    sector_facet("project__sector"),
    word_facet("outcome", pgettext_lazy("column", "Outcome"), "outcome", OUTCOMES),
)


def reply_list(query: Any, path: str) -> Listing:
    """List the exchanges that an address asks for."""
    q = clean_words(query.get("q", ""))
    words = every_word_in(q, ("published_question", "answer"))
    more = {"q": q, "longest": QUERY_LENGTH, "known_as": "replies"}
    return list_of(readable_replies(), query, FACETS, path, *ORDER, words=words, **more)


def reply_of(opinion: Opinion, request: HttpRequest | None = None) -> dict[str, Any]:
    """Return what a published exchange shows; the question only where the title does not say it all."""
    title = title_of(opinion)
    return {
        "href": reverse("opinion_reply", args=[opinion.pk]),
        "title": title,
        "about": about(opinion, request),
        "asked": opinion.published_question,
        "question": "" if title == opinion.published_question else opinion.published_question,
        "answer": opinion.answer,
        "outcome": opinion.get_outcome_display(),
        "tone": TONES[opinion.outcome],
        "received": received_on(opinion),
        "answered": opinion.closed_on,
        "unit": answered_by(opinion),
        "late": _("answered %(days)s days late") % {"days": opinion.days_late}
        if opinion.days_late
        else "",
    }


def answered_by(opinion: Opinion) -> str:
    """Name who answered."""
    return opinion.unit.name if opinion.unit else _("Organization Department")


def received_on(opinion: Opinion) -> date:
    """Return the day of its receipt."""
    return timezone.localdate(opinion.created_at)


def title_of(opinion: Opinion) -> str:
    """Return the beginning of the question, as a title."""
    return in_a_line(opinion.published_question)


def in_a_line(question: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def about(opinion: Opinion, request: HttpRequest | None = None) -> dict[str, str]:
    """Name what an exchange is about, with the way there."""
    if opinion.project is None:
        return {"text": _("The programme as a whole"), "href": ""}
    page = opinion.project.page
    return {"text": page.title, "href": page.get_url(request) or ""}


class ReplyFeed(PublicFeed):
    """The answers that a query of the list finds, newest first."""

    dated = "published_at"

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
        return [self.entry_of(one) for one in listing.found[:NEWEST]]

    def rows(self) -> QuerySet[Opinion]:
        """Return every exchange."""
        return readable_replies()

    def entry_of(self, one: Opinion, request: HttpRequest | None = None) -> Entry:
        """Tell an exchange: the beginning of the question, then question, outcome and answer, and who answered."""
        words = {
            "question": one.published_question,
            "outcome": one.get_outcome_display(),
            "answer": one.answer,
        }
        return Entry(
            title=title_of(one),
            text=_("Question: %(question)s\nAnswer (%(outcome)s): %(answer)s") % words,
            href=reverse("opinion_reply", args=[one.pk]),
            author=answered_by(one),
            published=one.published_at,
            updated=one.published_at,
        )
