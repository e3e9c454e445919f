"""End a session after 30 idle minutes, without a cookie for readers and a write for every click."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LAST_SEEN = "last_seen"
# An open editor reports every few seconds; that is the browser at work, not a person.
UNATTENDED = "/admin/editing-sessions/"


class IdleSessionMiddleware:
    """Note when the person behind a session was last seen, at most every SESSION_TOUCH_SECONDS.

    Saving the session moves its end (SESSION_COOKIE_AGE) on, in the cookie and in the database; a
    session that nobody touches ends by itself. A page that did not look at the session, as no page
    for readers does, leaves it alone: such a page costs no query and sets no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        attended = not request.path_info.startswith(UNATTENDED)
        if attended and session.accessed and not session.is_empty():
            now = int(timezone.now().timestamp())
            if now - session.get(LAST_SEEN, 0) >= settings.SESSION_TOUCH_SECONDS:
                session[LAST_SEEN] = now
        return response
