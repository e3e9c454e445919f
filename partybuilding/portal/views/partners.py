"""Name the organisations that apply jointly: find by name, add, remove; each a plain request."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.refusals import Refusal
from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.selectors import possible_partners
from partybuilding.portal.views.lookup import own_project, page_of, tell
from partybuilding.portal.views.sections import closed_sentence
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application
from partybuilding.projects.services import save_partners

PER_PAGE = 20


@portal_view(Role.APPLICANT)
def partners(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the partners and those who may become one; add or remove by POST."""
    project = own_project(request, pk)
    if request.method == "POST":
        return _change(request, project)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    words = request.GET.get("q", "").strip()[:100]
    found = Paginator(possible_partners(project, words), PER_PAGE).get_page(page_of(request))
    tasks = reverse("portal:application", args=[project.pk])
    context = {
        "project": project,
        "named": [partner.organization for partner in project.partners.all()],
        "found": found,
        "words": words,
        "trail": trail(
            (pgettext("portal", "Application"), tasks), (_("Organizations that apply jointly"), "")
        ),
    }
    return show(request, "partners.html", context, part=PROJECTS)


def _change(request: HttpRequest, project: Project) -> HttpResponse:
    named = [partner.organization for partner in project.partners.all()]
    try:
        if "add" in request.POST:
            chosen = _organization(possible_partners(project), request.POST["add"])
            save_partners(project, [*named, chosen], by=request.user)
            messages.success(request, _("Added: %(name)s") % {"name": chosen.name})
        elif "remove" in request.POST:
            gone = _organization(Organization.objects.all(), request.POST["remove"])
            save_partners(project, [org for org in named if org != gone], by=request.user)
            messages.success(request, _("Removed: %(name)s") % {"name": gone.name})
    except Refusal as refusal:
        tell(request, refusal, project)
        return redirect("portal:project", project.pk)
    words = request.POST.get("q", "")
    query = f"?{urlencode({'q': words})}" if words else ""
    return redirect(reverse("portal:partners", args=[project.pk]) + query)


def _organization(choices: object, number: str) -> Organization:
    return get_object_or_404(choices, pk=number if number.isdecimal() else 0)
