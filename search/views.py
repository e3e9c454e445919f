"""The search page: a GET form and what it found; no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.column.cards import line_of
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import FRESH_SECONDS, front_page_entry
from search.selectors import Group
from search.selectors import search as find


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words of the query find."""
    shown = on_show(request)
    results = find(request.GET.get("q", ""), shown.years, request.GET.get("page"))
    groups = [
        {"title": group.title, "count": group.count, "entries": _entries(group, request)}
        for group in results.groups
    ]
    way_back = [front_page_entry(), {"text": _("Search the column"), "href": ""}]
    context = {
        "results": results,
        "groups": groups,
        "way_back": way_back,
        "index": shown.index,
    }
    return render(request, "search/search.html", context)


def _entries(group: Group, request: HttpRequest) -> list[dict[str, object]]:
    if group.code == "projects":
        return [line_of(page, request) for page in group.pages]
    return [{"href": page.get_url(request), "title": page.title} for page in group.pages]
