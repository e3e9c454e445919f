"""The search page and its completion: GET only, no cookie."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS, front_page_entry
from search.finding import completions
from search.presenting import shown
from search.selectors import Results, clean, readable_pages
from search.selectors import search as find
from search.services import remember_unanswered
from search.signposts import services

COMPLETIONS = 8


class AfterwardsResponse(TemplateResponse):
    """An answer with something to do once the reader has it."""

    afterwards: Callable[[], None] | None = None

    @property
    def is_for_keeping(self) -> bool:
        """Whether it may be given again from memory: with nothing to do, nobody misses the request."""
        return self.afterwards is None

    def close(self) -> None:
        """Do it, then let go of the request."""
        if self.afterwards is not None:
            todo, self.afterwards = self.afterwards, None
            todo()
        super().close()


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words of the question find."""
    results = find(request, request.GET)
    way_back = [front_page_entry(), {"text": _("Search the column"), "href": ""}]
    context: dict[str, Any] = {"way_back": way_back, "q": ""}
    if results is None:
        context["services"] = services(request)
    else:
        context |= {"q": results.q, "found": results, "how": results.answer.how}
        context |= shown(results, request)
    response = AfterwardsResponse(request, "search/search.html", context)
    if results is not None and _is_unanswered(results):
        response.afterwards = lambda: remember_unanswered(results.q)
    return response


def _is_unanswered(results: Results) -> bool:
    """Tell whether nothing answers; what only has similar words does not."""
    found_none = results.answer.how in ("near", "nothing")
    return found_none and not (results.promoted or results.replied)


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """Complete what is being typed, with names that everybody may read."""
    typed = clean(request.GET.get("q") or "")
    found = completions(typed, readable_pages(request), COMPLETIONS) if typed else []
    return JsonResponse({"items": found, "search": reverse("search")})
