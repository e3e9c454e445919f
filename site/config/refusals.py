"""The pages for those who may not come in now: locked out, or with a form gone stale."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
