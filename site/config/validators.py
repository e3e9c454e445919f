"""Let an answer that any cache may keep be checked by its content alone, never by a date.

What is withdrawn leaves a list without making it younger: a feed or a map whose newest date stays the
same would be taken for unchanged by whoever asks with a date. The ETag of Django's middleware changes.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: How an answer says that it must be asked for each time (`core.pages.FRESH_SECONDS`).
ASK_ALWAYS = "must-revalidate"


class ContentValidatorMiddleware:
    """Take the date off what must be asked for each time; runs inside ConditionalGetMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if ASK_ALWAYS in response.get("Cache-Control", ""):
            del response["Last-Modified"]
        return response
