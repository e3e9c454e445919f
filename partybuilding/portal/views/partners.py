"""Name the organisations that apply jointly: find by name, add, remove; each a plain request.

And answer as one of them: take part, or not and why.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import ConsentForm
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import (
    answers,
    application_files_of,
    file_rows,
    plan_rows,
)
from partybuilding.portal.selectors import possible_partners
from partybuilding.portal.views.lookup import own_project, page_of, tell
from partybuilding.portal.views.sections import closed_sentence
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.permissions import (
    user_can_answer_for_partner,
    user_can_edit_application,
)
from partybuilding.projects.services import answer_as_partner, ask_partner_again, save_partners
from partybuilding.projects.states import Consent

PER_PAGE = 20
#: How each answer looks; the words always stand beside it.
TONES = {
    Consent.ASKED: Tone.WAITING,
    Consent.AGREED: Tone.POSITIVE,
    Consent.REFUSED: Tone.NEGATIVE,
}


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
        "named": _named(project),
        "found": found,
        "words": words,
        "trail": trail(
            (pgettext("portal", "Application"), tasks), (_("Organizations that apply jointly"), "")
        ),
    }
    return show(request, "partners.html", context, part=PROJECTS)


def _named(project: Project) -> list[dict[str, Any]]:
    """Return the partners with what each answered, and whether there is anybody to answer."""
    named = list(project.partners.all())
    answering = Membership.objects.current().filter(
        role=Role.APPLICANT, organization__in=[partner.organization_id for partner in named]
    )
    reached = set(answering.values_list("organization", flat=True))
    return [
        {
            "organization": partner.organization,
            "state": partner.get_consent_display(),
            "tone": TONES[Consent(partner.consent)],
            "reason": partner.answer_reason,
            "refused": partner.consent == Consent.REFUSED,
            "reached": partner.organization_id in reached,
        }
        for partner in named
    ]


def _change(request: HttpRequest, project: Project) -> HttpResponse:
    named = [partner.organization for partner in project.partners.all()]
    try:
        if "add" in request.POST:
            chosen = _organization(possible_partners(project), request.POST["add"])
            save_partners(project, [*named, chosen], by=request.user)
            messages.success(request, _("Added and asked: %(name)s") % {"name": chosen.name})
        elif "ask" in request.POST:
            asked = _organization(Organization.objects.all(), request.POST["ask"])
            ask_partner_again(project, asked, by=request.user)
            messages.success(request, _("Asked again: %(name)s") % {"name": asked.name})
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


def _organization(choices: QuerySet[Organization], number: str) -> Organization:
    return get_object_or_404(choices, pk=number if number.isdecimal() else 0)


def partnerships(project: Project, user: AnyUser) -> list[Partner]:
    """Return the user's own organisations among the partners, as long as they may answer."""
    own = roles_of_user(user).ids(Role.APPLICANT)
    return [
        partner
        for partner in project.partners.all()
        if partner.organization_id in own and user_can_answer_for_partner(project, partner, user)
    ]


@portal_view(Role.APPLICANT)
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a partner the application and what it answered; take its answer by POST."""
    project = own_project(request, pk)
    own = partnerships(project, request.user)
    if not own:
        if request.method == "POST":
            messages.info(request, _("It is no longer the time to answer."))
        return redirect("portal:project", project.pk)
    form = ConsentForm(typed_text.typed(request))
    if request.method == "POST" and form.is_valid():
        return _answered(request, project, own, form.cleaned_data)
    status = reverse("portal:project", args=[pk])
    context = {
        "project": project,
        "form": form,
        "partners": own,
        "rows": answers(project, change=False),
        "plan": plan_rows(project),
        "files": file_rows(application_files_of(project)),
        "back": status,
        "trail": trail((str(project), status), (_("Joint application"), "")),
    }
    return show(request, "consent.html", context, part=PROJECTS)


def _answered(
    request: HttpRequest, project: Project, own: list[Partner], given: dict[str, Any]
) -> HttpResponse:
    agrees = given["answer"] == Consent.AGREED
    try:
        for partner in own:
            answer_as_partner(
                project,
                partner.organization,
                by=request.user,
                agrees=agrees,
                reason=given["reason"],
            )
    except Refusal as refusal:
        tell(request, refusal, project)
        return redirect("portal:project", project.pk)
    if agrees:
        messages.success(request, _("You take part; the leading organization has been told."))
        return redirect("portal:project", project.pk)
    messages.success(request, _("You do not take part; the leading organization has been told."))
    return redirect("portal:home")
