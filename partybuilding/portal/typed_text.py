"""What was typed into a form whose session ran out: carried through signing in, and given back once.

The text travels signed inside the login form, so that nobody who is not signed in can make the
server store anything; after signing in it waits in the session for the page it belongs to.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

SALT = "portal.kept"
#: Seconds in which somebody has to sign in again.
MAX_AGE = 3600
#: Longer texts than this are kept by the browser alone, in characters.
MAX_LENGTH = 100_000
IN_SESSION = "kept_text"
NOT_KEPT = "csrfmiddlewaretoken"


def seal(request: HttpRequest) -> str:
    """Return what was posted as one signed string; empty when there is nothing worth keeping."""
    said = {name: values for name, values in request.POST.lists() if name != NOT_KEPT}
    if not said or sum(len(value) for values in said.values() for value in values) > MAX_LENGTH:
        return ""
    return signing.dumps([request.path, said], salt=SALT, compress=True)


def put_by(request: HttpRequest, sealed: str) -> None:
    """Remember the text in the session of the person who has just signed in."""
    try:
        path, said = signing.loads(sealed, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return
    request.session[IN_SESSION] = {"path": path, "said": said}


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, or what was kept for this page; None for an untouched form."""
    return request.POST if request.method == "POST" else take_back(request)


def take_back(request: HttpRequest) -> QueryDict | None:
    """Return the text kept for this page, once; None when there is none."""
    kept: dict[str, Any] = request.session.get(IN_SESSION) or {}
    if kept.get("path") != request.path:
        return None
    del request.session[IN_SESSION]
    data = QueryDict(mutable=True)
    for name, values in kept["said"].items():
        data.setlist(name, values)
    return data
