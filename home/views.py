"""What machines read of the site: the map of its pages, where they need not look, and what to show offline."""

import hashlib
from typing import Any

from django.contrib.sitemaps import views as sitemaps
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.looks import holds, is_color, sheet_of
from home.sitemap import BesideMap, PageMap
from partybuilding.core.pages import FRESH_SECONDS

#: Addresses that are not for readers.
CLOSED = ("wagtailadmin_home", "portal:home")
#: What the page without a network is drawn with.
SHEETS = ("partybuilding/css/base.css", "css/chrome.css", "partybuilding/css/components.css")

#: Seconds.
YEAR = 365 * 24 * 3600
for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)


@require_safe
@for_any_cache
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """List every page that residents may read; of a large site the files that do."""
    maps: dict[str, Any] = {"pages": PageMap(request), "beside": BesideMap()}
    if section is None and any(one.is_long for one in maps.values()):
        return sitemaps.index(request, maps, sitemap_url_name="sitemap_part")
    return sitemaps.sitemap(request, maps, section)


@require_safe
@for_any_cache
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for readers, and where the map is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in CLOSED),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def looks(request: HttpRequest, color: str) -> HttpResponse:
    """Return the style sheet of a colour; its address names all that it says, so that it never changes."""
    if not is_color(color) or not holds(color):
        raise Http404
    return HttpResponse(sheet_of(f"#{color.lower()}"), content_type="text/css; charset=utf-8")


@require_safe
@for_any_cache
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a reader without a network reads."""
    return TemplateResponse(request, "home/offline.html")


@require_safe
@for_any_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script that shows that page; it keeps nothing else, and leaves alone what is private."""
    kept = [reverse("offline"), *(static(sheet) for sheet in SHEETS)]
    version = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:12]
    context = {"kept": kept, "closed": [reverse(name) for name in CLOSED], "version": version}
    return TemplateResponse(
        request, "home/service_worker.js", context, content_type="text/javascript; charset=utf-8"
    )
