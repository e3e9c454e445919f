"""Draw a page of the portal inside its frame: navigation, account, unread notices."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.desk.lines import unread
from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.portal import typed_text

View = Callable[..., HttpResponse]
PORTAL_ROLES = (Role.APPLICANT, Role.EXPERT)


def portal_view(*roles: Role, everybody: bool = False) -> Callable[[View], View]:
    """Guard a view: signed in, with one of these roles (default: any role of the portal).

    Args:
        everybody: let in whoever holds any role at all, staff too.
    """
    asked = roles or PORTAL_ROLES

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            standing = roles_of_user(request.user)
            if not standing.has(*PORTAL_ROLES) and not (everybody and standing.is_staff):
                return _elsewhere(request)
            if not everybody and not standing.has(*asked):
                raise Http404
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response

        return guarded

    return decorate


def home_of(user: Any) -> str:
    """Return where a user begins: applicants and experts in the portal, other staff in the admin."""
    standing = roles_of_user(user)
    if standing.is_staff and not standing.has(*PORTAL_ROLES):
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
        words = {"form": form, "next": request.path, "kept": sealed, "expired": True}
        return show(request, "login.html", words)
    target = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('portal:login')}?{target}")


PROJECTS, ASSESSMENTS, MESSAGES = "projects", "assessments", "messages"


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a template of the portal.

    Args:
        part: the part of the portal that the page belongs to, for the navigation.
    """
    frame = {"portal": _frame(request, part), **(context or {})}
    return render(request, f"partybuilding/portal/{template}", frame, status=status)


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back for the breadcrumb: the portal's home first, the page itself last."""
    home = {"text": _("My projects"), "href": reverse("portal:home")}
    return [home, *({"text": text, "href": href} for text, href in steps)]


def _frame(request: HttpRequest, part: str) -> dict[str, Any]:
    user = request.user
    if not user.is_authenticated:
        return {}
    standing, unseen = roles_of_user(user), unread(user)
    held = standing.ids(Role.APPLICANT) or standing.ids(Role.EXPERT)
    names = Organization.objects.filter(pk__in=held).values_list("name", flat=True)
    roles = [role.label for role in (Role.APPLICANT, Role.EXPERT) if standing.has(role)]
    return {
        "nav": list(_navigation(request, part, unseen)),
        "unread": unseen,
        "organization": "、".join(names),
        "role": "、".join(str(role) for role in roles),
    }


def _navigation(request: HttpRequest, part: str, unseen: int) -> Any:
    standing = roles_of_user(request.user)
    if standing.has(Role.APPLICANT):
        yield {
            "text": _("My projects"),
            "href": reverse("portal:home"),
            "current": part == PROJECTS,
        }
    if standing.has(Role.EXPERT):
        yield {
            "text": _("Pre-assessments of projects"),
            "href": reverse("portal:assessments"),
            "current": part == ASSESSMENTS,
        }
    if not standing.roles:
        return
    yield {
        "text": pgettext("portal", "Messages"),
        "href": reverse("portal:messages"),
        "current": part == MESSAGES,
        "count": unseen,
    }
    if standing.is_staff:
        yield {"text": pgettext("portal", "Administration"), "href": reverse("wagtailadmin_home")}
