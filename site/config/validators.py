"""Let an answer that any cache may keep be checked by its content alone, never by a date.

What is withdrawn leaves a list without making it younger: a feed or a map whose newest date stays the
same would be taken for unchanged by whoever asks with a date. The ETag of Django's middleware changes.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

#: How an answer says that it must be asked for each time (`core.pages.FRESH_SECONDS`).
ASK_ALWAYS = "must-revalidate"
#: How long a cache in front may hand out what it had while it asks for the new one.
ASKING_SECONDS = 1


class ContentValidatorMiddleware:
    """Take the date off what must be asked for each time; runs inside ConditionalGetMiddleware.

    Readers ask always; a cache in front of the site may keep it for FRONT_CACHE_SECONDS, and hand it out a second
    longer while it asks. So what was published or withdrawn is right within FRONT_CACHE_SECONDS + 2 (caches count
    whole seconds), whoever asks first after however long.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.get("Cache-Control", "")
        if ASK_ALWAYS in said:
            del response["Last-Modified"]
            if settings.FRONT_CACHE_SECONDS and "public" in said and "no-store" not in said:
                patch_cache_control(
                    response,
                    s_maxage=settings.FRONT_CACHE_SECONDS,
                    stale_while_revalidate=ASKING_SECONDS,
                )
        return response
