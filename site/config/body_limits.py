"""Take no larger body from a stranger than the public forms need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

#: Bytes that the largest public form sends, but for one whose view says more.
STRANGERS = 1024 * 1024
#: Bytes of the largest form of a person who is signed in: a report's pictures and files, 20 MB each.
PEOPLE = 300 * 1024 * 1024


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
        response = render(request, "413.html", status=413)
        response["Connection"] = "close"
        return response
