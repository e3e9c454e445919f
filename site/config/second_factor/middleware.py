"""Send staff who have not given their second proof to the page that asks for it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.second_factor import devices

GUARDED = ("/admin/", "/portal/", "/documents/")
OPEN = (
    "/admin/second-factor/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/sprite/",
    "/admin/jsi18n/",
    "/portal/login/",
    "/portal/logout/",
)


class SecondFactorMiddleware:
    """Ask for the second factor where STAFF_SECOND_FACTOR_REQUIRED or the user's own phone says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(GUARDED) and not path.startswith(OPEN) and self._is_due(request):
            target = request.get_full_path() if request.method == "GET" else ""
            query = f"?{urlencode({'next': target})}" if target else ""
            return HttpResponseRedirect(reverse("second_factor:verify") + query)
        return self.get_response(request)

    def _is_due(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return False
        if not user.has_perm("wagtailadmin.access_admin"):
            return False
        return settings.STAFF_SECOND_FACTOR_REQUIRED or devices.confirmed_phone(user) is not None
