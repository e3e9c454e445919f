"""Who may come in: people who apply or assess; others are led where they belong."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.portal import typed_text
from partybuilding.portal.frame import show

View = Callable[..., HttpResponseBase]


PORTAL_ROLES = (Role.APPLICANT, Role.EXPERT)


def portal_view(*roles: Role, everybody: bool = False) -> Callable[[View], View]:
    """Guard a view: signed in, with one of these roles (default: any role of the portal).

    Args:
        everybody: let in whoever holds any role at all, staff too.
    """
    asked = roles or PORTAL_ROLES

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            held = roles_of_user(request.user)
            if not held.has(*PORTAL_ROLES) and not (everybody and held.is_staff):
                return _elsewhere(request)
            if not everybody and not held.has(*asked):
                raise Http404
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response

        return guarded

    return decorate


def home_of(user: AnyUser) -> str:
    """Return where a user begins: applicants and experts in the portal, other staff in the admin."""
    roles = roles_of_user(user)
    if roles.is_staff and not roles.has(*PORTAL_ROLES):
        return resolve_url("wagtailadmin_home")
    return resolve_url("portal:home")


def _elsewhere(request: HttpRequest) -> HttpResponse:
    if roles_of_user(request.user).is_staff:
        return redirect(home_of(request.user))
    return show(request, "nobody.html")


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the login form and back; what was typed is carried along."""
    if "application/json" in request.headers.get("Accept", ""):
        words = _("Your sign-in has expired. Please sign in again.")
        return JsonResponse({"message": words}, status=401)
    sealed = typed_text.seal(request) if request.method == "POST" else ""
    if sealed:
        form = AuthenticationForm(request)
        kept = {"form": form, "next": request.path, "kept": sealed, "expired": True}
        return show(request, "login.html", kept)
    target = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('portal:login')}?{target}")
