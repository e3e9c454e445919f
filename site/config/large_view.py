"""Carry 关怀版 (the large view) from page to page in the address: no cookie, no session, no JavaScript."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PARAMETER = "view=large"
_DRAWN = b'data-view="large"'
_LINK = re.compile(r"(<a\b[^>]*?\bhref=\")([^\"]*)(\")")
_FORM = re.compile(r"<form\b[^>]*>")
_ACTION = re.compile(r"(\baction=\")([^\"]+)(\")")
_HIDDEN = '<input type="hidden" name="view" value="large">'


class LargeViewMiddleware:
    """Add `view=large` to the inner links, forms and redirects of a page that was asked for with it.

    The address stays the page's own, so any cache can hold both views, and who shares the link
    shares the view. Readers with JavaScript need none of this: view.js remembers their choice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.GET.get("view") != "large":
            return response
        if "Location" in response:
            response["Location"] = _carried(response["Location"], separator="&")
        elif not response.streaming and _DRAWN in response.content[:400]:
            text = response.content.decode(response.charset)
            response.content = carry(text).encode(response.charset)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def carry(html: str) -> str:
    """Return the page with `view=large` in its inner links and forms."""
    html = _LINK.sub(_link, html)
    return _FORM.sub(_form, html)


def _attribute(found: re.Match[str]) -> str:
    return found[1] + _carried(found[2], separator="&amp;") + found[3]


def _link(found: re.Match[str]) -> str:
    return found[0] if "data-view-switch" in found[1] else _attribute(found)


def _form(found: re.Match[str]) -> str:
    tag = found[0]
    posts = 'method="post"' in tag.lower()
    return _ACTION.sub(_attribute, tag) if posts else tag + _HIDDEN


def _carried(address: str, *, separator: str) -> str:
    """Return an address of this site with the parameter; any other one as it is."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and (parts.path or parts.query)
    files = (settings.STATIC_URL, settings.MEDIA_URL)
    if not ours or parts.path.startswith(files) or PARAMETER in parts.query:
        return address
    before, hash_, fragment = address.partition("#")
    glue = separator if parts.query else "" if before.endswith("?") else "?"
    return f"{before}{glue}{PARAMETER}{hash_}{fragment}"
