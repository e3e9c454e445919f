"""The page of the open data, and its files at addresses that never change."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.opendata.package import media_type
from partybuilding.opendata.presenting import dictionary_of, meta_of, shown
from partybuilding.opendata.selectors import content_of, data_page, provider_of
from partybuilding.opendata.services import build
from partybuilding.opendata.tasks import current_release

#: What a browser shows; everything else is saved.
SHOWN = ("application/json", "text/plain")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the tables: what they hold, how many rows, how to take them along and read them."""
    page = data_page()
    if page is None:
        raise Http404
    release = current_release()
    context = {
        **page.get_context(request),
        **shown(page, release, provider_of(page)),
        "page_meta": meta_of(page, release, request),
    }
    return _for_all(render(request, page.template, context))


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show what every column of every table holds; the same as the file."""
    page = data_page()
    if page is None:
        raise Http404
    context = dictionary_of(page, request)
    return _for_all(render(request, "partybuilding/opendata/dictionary.html", context))


@require_safe
def data_file(request: HttpRequest, name: str) -> HttpResponse:
    """Return one file of the release; programs on other sites may read it, too."""
    release = current_release()
    entry = release.entry(name)
    if entry is None:
        raise Http404
    try:
        content = content_of(release, name)
    except FileNotFoundError:
        content = content_of(build(anew=True), name)
    kind = media_type(name)
    text = kind.startswith("text/")
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8" if text else kind)
    response["ETag"] = f'"{entry["sha256"]}"'
    response["Content-Disposition"] = content_disposition_header(kind not in SHOWN, name) or ""
    response["Access-Control-Allow-Origin"] = "*"
    return _for_all(response)


def _for_all(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response
