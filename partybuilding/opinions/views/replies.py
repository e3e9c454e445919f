"""The published exchanges: the list with the letterbox in numbers, and one exchange on a page of its own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.lists import Listing
from partybuilding.opinions.figures import months_chart, numbers_by_month
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import readable_replies, reply_list, reply_of
from partybuilding.opinions.views.guarded import meta_of, way_to

public = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)


@require_safe
@public
def replies(request: HttpRequest) -> HttpResponse:
    """Show what was published, and how the letterbox did month by month."""
    path = reverse("opinion_replies")
    listing = reply_list(request.GET, path)
    feed = reverse("opinions_feed")
    title = _("Answers to opinions")
    lead = _(
        "What residents asked, what was answered, and what came of it. Names and numbers are masked."
    )
    way_back = way_to(title, request)
    context: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "way_back": way_back,
        "page_meta": meta_of(way_back, request, lead),
        "listing": listing,
        "replies": [reply_of(opinion, request) for opinion in listing.page],
        "chart": chart_of(listing),
        "feed_url": feed,
        "feed_links": [{"text": title, "href": feed, "kind": "Atom"}],
    }
    return TemplateResponse(request, "partybuilding/opinions/replies.html", context)


def chart_of(listing: Listing) -> dict[str, Any] | None:
    """Return the letterbox in numbers: of the one year that was asked for, otherwise of the newest."""
    chosen = listing.chosen("year")
    year = int(chosen[0]) if len(chosen) == 1 else newest_year()
    if year is None:
        return None
    return months_chart(numbers_by_month(Opinion.objects.filter(cycle__year=year)), year)


def newest_year() -> int | None:
    """Return the programme year of the newest opinion."""
    return Opinion.objects.order_by("-created_at").values_list("cycle__year", flat=True).first()


@require_safe
@public
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published exchange; what is not published does not exist."""
    opinion = readable_replies().filter(pk=pk).first()
    if opinion is None:
        raise Http404
    said = reply_of(opinion, request)
    way_back = way_to(said["title"], request)
    article = {
        "published": opinion.published_at,
        "updated": opinion.published_at,
        "source": said["unit"],
        "is_article": True,
    }
    context = {
        "reply": said,
        "title": said["title"],
        "published": opinion.published_at,
        "way_back": way_back,
        "page_meta": meta_of(way_back, request, opinion.answer, **article),
    }
    return TemplateResponse(request, "partybuilding/opinions/reply.html", context)
