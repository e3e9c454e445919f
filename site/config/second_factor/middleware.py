"""Send staff who have not given their second proof to the page that asks for it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.second_factor import devices

#: Where people work who signed in; nothing else looks at who asks.
GUARDED = ("/admin/", "/portal/", "/documents/")
#: What alone is open before the code, address by address; a new one is shut until it stands here.
OPEN = frozenset(
    {
        "/admin/second-factor/",
        "/admin/second-factor/setup/",
        "/admin/login/",
        "/admin/logout/",
        "/admin/sprite/",
        "/admin/jsi18n/",
        "/portal/login/",
        "/portal/logout/",
    }
)


def is_open(path: str) -> bool:
    """Tell whether an address is open to somebody who has not yet proved who they are."""
    return path in OPEN


class SecondFactorMiddleware:
    """Ask for the second factor where STAFF_SECOND_FACTOR_REQUIRED or the user's own phone says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(GUARDED) and not is_open(path) and self._is_due(request):
            target = request.get_full_path() if request.method == "GET" else ""
            query = f"?{urlencode({'next': target})}" if target else ""
            return HttpResponseRedirect(reverse("second_factor:verify") + query)
        return self.get_response(request)

    def _is_due(self, request: HttpRequest) -> bool:
        user: Any = request.user  # django_otp gives it `is_verified`
        if not user.is_authenticated or user.is_verified():
            return False
        if not user.has_perm("wagtailadmin.access_admin"):
            return False
        return settings.STAFF_SECOND_FACTOR_REQUIRED or devices.confirmed_phone(user) is not None
