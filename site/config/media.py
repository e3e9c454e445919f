"""Hand out the pictures of published pages, and nothing else that lies among the media files.

Wagtail keeps derived pictures in images/; the originals (original_images/, with what the camera
wrote into them) and documents/ have no public address.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
A_YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the derived picture `name`; its name holds the hash of what was asked of it."""
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise Http404
    path = f"images/{name}"
    try:
        file = default_storage.open(path)
        changed = default_storage.get_modified_time(path).timestamp()
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        file.close()
        return HttpResponseNotModified()
    response = FileResponse(file, content_type=kind)
    response["Last-Modified"] = http_date(changed)
    patch_cache_control(response, public=True, max_age=A_YEAR)
    return response
