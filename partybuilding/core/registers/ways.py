"""Carry along where one came from, so that a decision leads back to the list as it was."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> str:
    """Return the page that one came from, when it is one of this site; otherwise nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def with_next(url: str, back: str) -> str:
    """Add the way back to an address."""
    return f"{url}?{urlencode({'next': back})}" if url and back else url
