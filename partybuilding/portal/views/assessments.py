"""An expert's work before the decision: read an application, record a pre-assessment."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import AssessmentForm
from partybuilding.portal.frame import ASSESSMENTS, show
from partybuilding.portal.presenters.content import (
    answers,
    application_files_of,
    file_rows,
    plan_rows,
)
from partybuilding.portal.presenters.wording import due_note
from partybuilding.portal.selectors import assessed_by, assigned_to, left_to_assess, to_assess
from partybuilding.portal.views.lookup import page_of
from partybuilding.projects.models import Assessment, Project
from partybuilding.projects.permissions import user_can_assess_project
from partybuilding.projects.services import record_assessment

PER_PAGE = 20


@portal_view(Role.EXPERT)
def assessments(request: HttpRequest) -> HttpResponse:
    """List what awaits a pre-assessment, and what was recorded."""
    page = Paginator(to_assess(request.user), PER_PAGE).get_page(page_of(request))
    context = {
        "page": page,
        "waiting": [_line(project) for project in page],
        "left": left_to_assess(request.user),
        "done": assessed_by(request.user)[:PER_PAGE],
    }
    return show(request, "assessments.html", context, part=ASSESSMENTS)


def _line(project: Project) -> dict[str, object]:
    return {
        "title": str(project),
        "href": reverse("portal:assessment", args=[project.pk]),
        "organization": project.organization.name,
        "code": project.code,
        "sector": project.get_sector_display(),
        "due": project.due_on,
        "due_note": due_note(project),
        "late": project.is_overdue(),
        "assessed": project.assessed,  # type: ignore[attr-defined]
    }


@portal_view(Role.EXPERT)
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an assigned application whole, with the form to record a pre-assessment."""
    found = assigned_to(request.user).with_case_file()
    project = get_object_or_404(found, pk=pk)
    mine = Assessment(project=project)
    form = AssessmentForm(typed_text.typed(request), instance=mine)
    refused: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            record_assessment(project, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            refused = refusal.sentences
        else:
            messages.success(request, _("The pre-assessment is recorded. Thank you."))
            return redirect("portal:assessments")
    list_href = reverse("portal:assessments")
    context = {
        "project": project,
        "form": form,
        "errors": [{"text": sentence} for sentence in refused],
        "rows": answers(project, change=False),
        "plan": plan_rows(project),
        "files": file_rows(application_files_of(project)),
        "mine": [
            told for told in project.assessments.all() if told.recorded_by_id == request.user.pk
        ],
        "can_assess": user_can_assess_project(project, request.user),
        "trail": [
            {"text": _("Pre-assessments of projects"), "href": list_href},
            {"text": str(project)},
        ],
    }
    return show(request, "assessment.html", context, part=ASSESSMENTS)
