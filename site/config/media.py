"""Hand out the pictures of public pages, and nothing else that lies among the media files.

Wagtail keeps derived pictures in images/, under names that can be guessed: one is handed out while a
public page shows the picture, and to whoever works with the library. The originals (original_images/,
with what the camera wrote into them) and documents/ have no public address.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since
from wagtail.images import get_image_model

from partybuilding.core.files.library import picture_is_public, user_works_with

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
#: After so long a cache asks whether the picture is still shown; it has not changed, says its date.
FRESH_SECONDS = 3600


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the derived picture `name`; its name holds the hash of what was asked of it."""
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise Http404
    path = f"images/{name}"
    public = picture_is_public(path)
    if not public and not user_works_with(get_image_model(), request.user):
        raise Http404
    try:
        file = default_storage.open(path)
        changed = default_storage.get_modified_time(path).timestamp()
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        file.close()
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = FileResponse(file, content_type=kind)
    response["Last-Modified"] = http_date(changed)
    if public:
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    else:
        add_never_cache_headers(response)
    return response
