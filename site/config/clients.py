"""Know from which address a request comes, through the proxies that we trust."""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the address of the reader's machine.

    With n trusted proxies in front the n-th entry from the right of X-Forwarded-For was written by
    the outermost of them; whatever stands left of it the reader may have made up.
    """
    trusted = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and hops[0] and len(hops) >= trusted:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR", "")
