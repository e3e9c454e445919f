"""Draw a page of the portal inside its frame: navigation, account, unread notices."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.desk.figures import unread
from partybuilding.core.states import Role, Text
from partybuilding.evaluation.selectors.own import left_to_score
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user

PROJECTS, ASSESSMENTS, MESSAGES = "projects", "assessments", "messages"
SHEETS, PEERS = "sheets", "peers"


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


def trail(*steps: tuple[Text, str]) -> list[dict[str, Text]]:
    """Return the way back for the breadcrumb: the portal's home first, the page itself last."""
    home: dict[str, Text] = {"text": _("My projects"), "href": reverse("portal:home")}
    return [home, *({"text": text, "href": href} for text, href in steps)]


def _frame(request: HttpRequest, part: str) -> dict[str, Any]:
    user = request.user
    if not user.is_authenticated:
        return {}
    held, unseen = roles_of_user(user), unread(user)
    organizations = held.ids(Role.APPLICANT) or held.ids(Role.EXPERT)
    names = Organization.objects.filter(pk__in=organizations).values_list("name", flat=True)
    roles = [role.label for role in (Role.APPLICANT, Role.EXPERT) if held.has(role)]
    return {
        "nav": list(_navigation(request, part, unseen)),
        "unread": unseen,
        "organization": "、".join(names),
        "role": "、".join(str(role) for role in roles),
    }


def _navigation(request: HttpRequest, part: str, unseen: int) -> Any:
    roles = roles_of_user(request.user)
    if roles.has(Role.APPLICANT):
        yield {
            "text": _("My projects"),
            "href": reverse("portal:home"),
            "current": part == PROJECTS,
        }
    if roles.has(Role.EXPERT):
        yield {
            "text": _("Pre-assessments of projects"),
            "href": reverse("portal:assessments"),
            "current": part == ASSESSMENTS,
        }
    yield from _scoring(request, part)
    if not roles.roles:
        return
    yield {
        "text": pgettext("portal", "Messages"),
        "href": reverse("portal:messages"),
        "current": part == MESSAGES,
        "count": unseen,
    }
    if roles.is_staff:
        yield {"text": pgettext("portal", "Administration"), "href": reverse("wagtailadmin_home")}


def _scoring(request: HttpRequest, part: str) -> Any:
    """Yield the ways to one's own score sheets, each with the number still open."""
    roles = roles_of_user(request.user)
    if not roles.has(Role.EXPERT, Role.APPLICANT):
        return
    left = left_to_score(request.user)
    if roles.has(Role.EXPERT):
        yield {
            "text": pgettext("portal", "Scoring"),
            "href": reverse("portal:sheets"),
            "current": part == SHEETS,
            "count": left.expert,
        }
    if left.has_peers:
        yield {
            "text": pgettext("portal", "Peer review"),
            "href": reverse("portal:peers"),
            "current": part == PEERS,
            "count": left.peer,
        }
