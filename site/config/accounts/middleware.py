"""Whoever signed in with a password that somebody else set changes it before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.second_factor.middleware import GUARDED, is_open
from partybuilding.organizations.security import PASSWORD_DUE

FORM = "/portal/password/"


class FirstPasswordMiddleware:
    """Lead to the form of the new password; what opens the door and shuts it stays open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        is_shut = path.startswith(GUARDED) and path != FORM and not is_open(path)
        if is_shut and request.session.get(PASSWORD_DUE):
            return HttpResponseRedirect(reverse("portal:password"))
        return self.get_response(request)
