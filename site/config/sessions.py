"""End a session after 30 idle minutes and after 12 hours, without a cookie for readers and a write for every click."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LAST_SEEN = "last_seen"
BEGAN = "began"
# An open editor reports every few seconds; that is the browser at work, not a person.
UNATTENDED = "/admin/editing-sessions/"


class SessionEndMiddleware:
    """Note when the person behind a session was last seen, at most every SESSION_TOUCH_SECONDS.

    Saving the session moves its end (SESSION_COOKIE_AGE) on, in the cookie and in the database; a
    session that nobody touches ends by itself. A page that did not look at the session, as no page
    for readers does, leaves it alone: such a page costs no query and sets no cookie.

    The last half hour before SESSION_END_SECONDS the end stays where it is.
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
                self._hold_to_its_end(session, now)
        return response

    @staticmethod
    def _hold_to_its_end(session: Any, now: int) -> None:
        if SESSION_KEY not in session:
            return
        end = session.setdefault(BEGAN, now) + settings.SESSION_END_SECONDS
        if now >= end:
            session.flush()
        elif now + settings.SESSION_COOKIE_AGE > end:
            session.set_expiry(datetime.fromtimestamp(end, UTC))
