"""Take no larger body from a stranger than the public forms need."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

#: Bytes that the largest public form sends, but for one whose view says more.
STRANGERS = 1024 * 1024
#: Bytes of the largest form of a person who is signed in: a report's pictures and files, 20 MB each.
PEOPLE = 300 * 1024 * 1024


#: What only people who are signed in send to, and where they sign in.
DOORS = (("portal:home", "portal:login"), ("wagtailadmin_home", "wagtailadmin_login"))


def way_back(request: HttpRequest) -> str:
    """Return where a person whose session has ended signs in and comes back; nothing where strangers send."""
    for inside, door in ((reverse(inside), reverse(door)) for inside, door in DOORS):
        if request.path.startswith(inside) and request.path != door:
            return f"{door}?{urlencode({'next': request.path})}"
    return ""


class BodyLimitMiddleware:
    """Refuse a body by its announced length, before anything has read it; runs after sign-in is known.

    A body without a length is never read by a WSGI application.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isascii() and length.isdigit() else 0
        if size > STRANGERS and size > self._most(request):
            return self._refusal(request)
        return self.get_response(request)

    @staticmethod
    def _most(request: HttpRequest) -> int:
        """Return what this sender may send here; a view may say more in `largest_body`."""
        if request.user.is_authenticated:
            return PEOPLE
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return STRANGERS
        return int(getattr(view, "largest_body", STRANGERS))

    @staticmethod
    def _refusal(request: HttpRequest) -> HttpResponse:
        context = {"login": "" if request.user.is_authenticated else way_back(request)}
        response = render(request, "413.html", context, status=413)
        response["Connection"] = "close"
        return response
