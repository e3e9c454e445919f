"""The frame of every page: name, navigation, head and foot, read when a template asks for them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.models import ColumnSettings
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import front_page_entry

#: What the frame takes from the settings as it stands there.
TAKEN = (
    *("tagline", "description", "host", "organizer", "contact", "address", "domain"),
    *("site_code", "icp_number", "police_number", "police_url", "embedded"),
)


#: How many of the newest years stand in the navigation.
YEARS = 2


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give `base.html` what its frame shows (docs/components.md, "The frame")."""
    return {"chrome": SimpleLazyObject(lambda: read_chrome(request))}


def read_chrome(request: HttpRequest) -> dict[str, Any]:
    """Read the settings of the site and its navigation."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    said = ColumnSettings.for_request(request)
    return {
        **{name: getattr(said, name) for name in TAKEN},
        "name": site.site_name or site.root_page.title,
        "search_url": reverse("search"),
        "nav": navigation(request),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the ways in; a part of the column without anything to read is left out."""
    entries: list[dict[str, Any]] = [front_page_entry()]
    shown = on_show(request)
    if shown.index:
        entries.append({"text": shown.index.title, "href": shown.index.get_url(request)})
    for year in shown.years[:YEARS]:
        words = _("Year %(year)s") % {"year": year.year}
        entries.append({"text": words, "href": year.get_url(request)})
    within = [entry for entry in entries[1:] if request.path.startswith(entry["href"])]
    if within:
        within[-1]["current"] = True
    return entries
