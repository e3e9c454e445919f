"""Look an opinion up by its receipt, and read the answers that everybody may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from partybuilding.core.access.requests import address_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import FRESH_SECONDS, ColumnPage
from partybuilding.core.pages.lists import Listing
from partybuilding.core.pages.withdrawal import GONE, Withdrawal
from partybuilding.opinions.figures import months_chart, numbers_by_month, summary_of, together
from partybuilding.opinions.forms import LookupForm
from partybuilding.opinions.guards import TRYING, TRYING_ONE
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.receipts import code_hash, fits
from partybuilding.opinions.replies import readable_replies, reply_list, reply_of
from partybuilding.opinions.standing import standing_of_opinion
from partybuilding.opinions.views.guarded import meta_of, way_to

#: Compared with when there is no such number, so that its absence takes as long as a wrong code.
NOBODYS = code_hash("", "")


def find(number: str, code: str) -> Opinion | None:
    """Return the opinion of a receipt; the same answer, in the same time, for a wrong number or code."""
    found = (
        Opinion.objects.select_related("unit", "project", "commitment")
        .filter(number=number)
        .first()
    )
    known = found.code_hash if found else NOBODYS
    return found if fits(number, code, known) and found else None


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class LookupView(FormView):
    """Number and code in, the standing of that one opinion out; nothing is written, no cookie is set."""

    form_class = LookupForm
    template_name = "partybuilding/opinions/lookup.html"

    def form_valid(self, form: LookupForm) -> HttpResponse:
        """Show where it stands; after too many wrong codes nobody is answered for a while."""
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        address = address_of(self.request)
        one = f"{number} {address}"
        if TRYING.is_spent(address) or TRYING_ONE.is_spent(one):
            form.add_error(
                None, _("Too many wrong codes. Please try again in a quarter of an hour, or later.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=429)
        opinion = find(number, code)
        if opinion is None:
            TRYING.spend(address)
            TRYING_ONE.spend(one)
            form.add_error(None, _("Number and code do not belong together; please check both."))
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(form=None, found=standing_of_opinion(opinion))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        way_back = way_to(_("Look up my opinion"), self.request)
        said = _("Where your opinion stands, by receipt number and lookup code.")
        return super().get_context_data(
            way_back=way_back, page_meta=meta_of(way_back, self.request, said), **kwargs
        )


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
        "summary": summary_for(listing),
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


def summary_for(listing: Listing) -> dict[str, Any] | None:
    """Return what became of all opinions; of those of the years that were asked for."""
    years = listing.chosen("year")
    opinions = Opinion.objects.filter(cycle__year__in=years) if years else Opinion.objects.all()
    total = together(numbers_by_month(opinions).values())
    return summary_of(total) if total.received else None


def newest_year() -> int | None:
    """Return the programme year of the newest opinion."""
    return Opinion.objects.order_by("-created_at").values_list("cycle__year", flat=True).first()


def withdrawn_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when and why an exchange that was public is so no longer; what it said is gone.

    Raises:
        Http404: it was never public.
    """
    held_back = Opinion.objects.filter(pk=pk, published_at=None).exclude(withheld="")
    opinion = held_back.exclude(published_question="").first()
    if opinion is None:
        raise Http404
    kept = TransitionRecord.objects.filter(machine="opinion", record_id=pk, step="withhold")
    title = _("An opinion and its answer")
    way_back = way_to(title, request)
    context = {
        "page": {"title": title},
        "withdrawal": Withdrawal(kept.latest("at").at, opinion.get_withheld_display()),
        "way_back": way_back,
        "page_meta": meta_of(way_back, request, ""),
    }
    return TemplateResponse(request, ColumnPage.withdrawn_template, context, status=GONE)


@require_safe
@public
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published exchange; of one that was public, why it is so no longer."""
    opinion = readable_replies().filter(pk=pk).first()
    if opinion is None:
        return withdrawn_reply(request, pk)
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
