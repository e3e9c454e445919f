"""The pages for those who may not come in now: locked out, or with a form gone stale."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config import clients

security_log = logging.getLogger("partybuilding.security")


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Tell somebody who guessed too often when to come back."""
    security_log.warning("login locked", extra={"address": clients.address(request)})
    return render(request, "lockout.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell somebody whose form is older than the session how to go on."""
    security_log.warning("form refused", extra={"path": request.path, "reason": reason})
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what to do about a form that is too large, and in general about what cannot be read.

    The editor of pages saves by itself and reads its answer as JSON, with a code that it knows.
    """
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    advice = _(
        "What was sent is too large to be taken at once. Go back, shorten the longest table or text, "
        "or offer it as an attachment, and send it again."
    )
    if request.headers.get("Accept") == "application/json":
        words = (
            advice
            if large
            else _("The address or what was sent is not in a form that the site understands.")
        )
        told = {
            "success": False,
            "error_code": "validation_error",
            "error_message": words,
            "message": words,
        }
        return JsonResponse(told, status=400)
    return render(request, "400.html", {"advice": advice if large else ""}, status=400)
