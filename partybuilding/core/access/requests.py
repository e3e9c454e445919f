"""What is kept of a request while it is answered, and what stock screens make of a refusal."""

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from partybuilding.conf import setting
from partybuilding.core.access.current import current
from partybuilding.core.machine.refusals import Overtaken, Refusal


class CurrentRequestMiddleware:
    """Keep the request at hand while it is answered; signals of models are told no request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current.set(request)
        try:
            return self.get_response(request)
        finally:
            current.reset(token)


def remote_address(request: HttpRequest) -> str:
    """Return the address of whoever speaks to this server, for a site without proxies."""
    return request.META.get("REMOTE_ADDR", "")


def address_of(request: Any) -> str:
    """Return the address of the sender's machine, through the proxies that the site trusts."""
    return import_string(setting("CLIENT_ADDRESS"))(request)


log = logging.getLogger(__name__)
#: PostgreSQL's code of a value that stands already.
_UNIQUE = "23505"
#: The screen of the editorial workflow that opens as a dialog.
DIALOG = "workflow_action"


class RefusalMiddleware:
    """Answer a refusal that a view let through; our own views catch theirs and say it in place.

    An address with a value that the database cannot hold is a wrong address. What a request of the
    same moment wrote first, and the database holds once, is refused like what came too late.

    Scripts get it as JSON in the shape that the CMS's editor knows; people are led back to where they
    were and read the sentence there, also from a dialog of the editorial workflow.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into an answer."""
        if _is_impossible(exception):
            return page_not_found(request, exception)
        if _is_there_already(exception):
            log.warning("written twice at once: %s", exception)
            exception = Overtaken([_("The same was entered a moment ago; look at it first.")])
        return answer_refusal(request, exception) if isinstance(exception, Refusal) else None


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say a refusal where it was asked for."""
    if is_script(request) and not _is_dialog(request):
        said = {"error_code": "refused", "error_message": str(refusal)}
        return JsonResponse({"success": False, **said}, status=409)
    for sentence in refusal.sentences:
        messages.error(request, sentence)
    if is_script(request):
        return JsonResponse({"step": "success", "redirect": _back(request)})
    return HttpResponseRedirect(_back(request))


def _is_impossible(exception: Exception) -> bool:
    """Tell whether an address asked for a value that no column can hold, e.g. a number of 20 digits."""
    nul = isinstance(exception, ValueError) and "NUL" in str(exception)
    return nul or isinstance(exception, OverflowError | DataError)


def _is_there_already(exception: Exception) -> bool:
    """Tell whether a row stands already that may stand once: forms ask before, so it came in between."""
    cause = exception.__cause__
    if not isinstance(exception, IntegrityError) or cause is None:
        return False
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorcode", None)
    return code in (_UNIQUE, sqlite3.SQLITE_CONSTRAINT_UNIQUE)


def is_script(request: HttpRequest) -> bool:
    """Tell whether a script asked, which reads JSON, and not a person's browser."""
    by_hand = request.headers.get("X-Requested-With") != "XMLHttpRequest"
    return not (by_hand and request.accepts("text/html"))


def _is_dialog(request: HttpRequest) -> bool:
    """Tell whether a dialog asked that closes itself and goes where its answer leads."""
    return request.resolver_match is not None and request.resolver_match.url_name == DIALOG


def _back(request: HttpRequest) -> str:
    """Return the page from which the person came, when it is one of ours, or the screen itself."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return came_from if ours else request.path
