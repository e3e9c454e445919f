"""What machines read of the site: the map of its pages, and where they need not look."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.sitemap import PageMap
from partybuilding.core.pages import FRESH_SECONDS

#: Addresses that are not for readers.
CLOSED = ("wagtailadmin_home", "portal:home")

for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)


@require_safe
@for_any_cache
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page that residents may read."""
    return sitemaps.sitemap(request, {"pages": PageMap(request)})


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
