"""What answers to people who signed in say of themselves: kept nowhere; and what no page may use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: What a page of ours never asks of a browser.
UNUSED = ("camera", "geolocation", "microphone", "payment", "usb", "bluetooth", "serial", "midi")
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


class PrivacyHeadersMiddleware:
    """Keep what depends on who asks out of every cache, the browser's own included.

    An answer for which nobody looked at the session is the same for everybody and stays as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        session = getattr(request, "session", None)
        if session is not None and session.accessed:
            response["Cache-Control"] = "private, no-store"
        return response
