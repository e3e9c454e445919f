"""Hand out an attachment to whoever may see its record; the admin uses the same address."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.files.scopes import user_can_open_file
from partybuilding.core.files.uploads import Kind
from partybuilding.core.models import Attachment
from partybuilding.portal.access import portal_view
from partybuilding.portal.previews import preview_of

PICTURES = (Kind.JPG, Kind.PNG)


SHOWN_INLINE = (*PICTURES, Kind.PDF)


PREVIEW_SECONDS = 24 * 3600


SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'self'"


# Browsers do not run their PDF viewer in a sandbox, and it needs its own styles and an <embed>; that
# a PDF holds no scripts was checked when it was taken in.
FOR_PDF = "object-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"


@require_safe
@portal_view(everybody=True)
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return a file to be saved; `?inline=1` shows pictures and PDFs, `?preview=1` a small picture."""
    return hand_out(request, _visible(request, pk))


def hand_out(request: HttpRequest, found: Attachment) -> HttpResponseBase:
    """Return a file whose reader was asked for already, as the address asks."""
    if "preview" in request.GET and found.kind in PICTURES:
        return _preview(found)
    inline = "inline" in request.GET and found.kind in SHOWN_INLINE
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=not inline, filename=found.name, content_type=found.mime
    )
    response["Content-Security-Policy"] = FOR_PDF if found.kind == Kind.PDF else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _visible(request: HttpRequest, pk: int) -> Attachment:
    """Find a file that the user may open; every other one does not exist."""
    found = get_object_or_404(Attachment.objects.select_related("content_type"), pk=pk)
    if not user_can_open_file(found, request.user):
        raise Http404
    return found


def _preview(found: Attachment) -> HttpResponse:
    response = HttpResponse(preview_of(found), content_type="image/jpeg")
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=PREVIEW_SECONDS)
    return response
