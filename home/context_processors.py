"""The frame of every page: name, navigation, head and foot, read when a template asks for them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from home.badges import badges_of, mark_of
from home.models import ColumnSettings
from home.navigation import beside, footer_links, navigation
from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages.site import site_of

#: What the frame takes from the settings as it stands there.
TAKEN = (
    *("tagline", "description", "host", "organizer", "contact", "address", "domain"),
    *("site_code", "icp_number", "police_number", "police_url", "embedded"),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give `base.html` what its frame shows (docs/components.md, "The frame")."""
    return {"chrome": SimpleLazyObject(lambda: read_chrome(request))}


def read_chrome(request: HttpRequest) -> dict[str, Any]:
    """Read the settings of the site and its navigation; neither, where a portal brings head and foot."""
    site = site_of(request)
    if site is None:
        return {}
    frame = remembered(("frame", site.pk), lambda: _read_frame(site))
    return {
        **frame,
        "search_url": reverse("search"),
        **({} if frame["embedded"] else _ways(request)),
    }


def _read_frame(site: Site) -> dict[str, Any]:
    """Read what head and foot say on every page of a site."""
    said = ColumnSettings.for_site(site)
    return {
        **{name: getattr(said, name) for name in TAKEN},
        "name": site.site_name or site.root_page.title,
        "color": said.color.lstrip("#"),
        **mark_of(said),
        "badges": [] if said.embedded else badges_of(said),
    }


def _ways(request: HttpRequest) -> dict[str, Any]:
    return {
        "nav": navigation(request),
        "beside": beside(request),
        "footer_links": footer_links(request),
    }
