"""An application as a list of tasks, or, once it is handed in, as it reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.registry import Overtaken, Refusal
from partybuilding.core.states import Role
from partybuilding.portal.frame import PROJECTS, portal_view, show, trail
from partybuilding.portal.presenters.content import (
    Remarks,
    answers,
    application_files_of,
    done_count,
    file_rows,
    plan_rows,
    task_list,
)
from partybuilding.portal.presenters.standing import acting_role
from partybuilding.portal.presenters.wording import due_note, due_sentence, side
from partybuilding.portal.selectors import own_projects
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application


def own_project(request: HttpRequest, pk: int) -> Project:
    """Return a project that the user's organisations lead or take part in; 404 for any other."""
    found = own_projects(request.user).select_related("cycle", "topic", "organization__unit")
    material = ("partners__organization", "plan_steps", "attachments")
    return get_object_or_404(found.prefetch_related(*material), pk=pk)


def refusal_sentences(refusal: Refusal, project: Project) -> list[str]:
    """Return what an applicant is told of a refusal.

    Who was faster is named to staff only: reviewers' names never reach applicants.
    """
    if not isinstance(refusal, Overtaken):
        return list(refusal.sentences)
    now = Project.objects.get(pk=project.pk)
    words = _("It has been handled meanwhile and is now “%(state)s”. Please see below.")
    return [words % {"state": now.state_row.told}]


def tell(request: HttpRequest, refusal: Refusal, project: Project) -> None:
    """Put a refusal's sentences on the next page."""
    for sentence in refusal_sentences(refusal, project):
        messages.error(request, sentence)


def page_of(request: HttpRequest) -> Any:
    """Return the number of the page that was asked for, as it came."""
    return request.GET.get("page")


@portal_view(Role.APPLICANT)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tasks while the application can be written, and what was written when it cannot."""
    project = own_project(request, pk)
    if not user_can_edit_application(project, request.user):
        return show(request, "read.html", _reading(project), part=PROJECTS)
    remarks = Remarks(project)
    done, total = done_count(project)
    context = {
        "project": project,
        "groups": task_list(project, remarks),
        "done": done,
        "total": total,
        "remarks": remarks_told(project, remarks),
        "due": due_sentence(project),
        "due_note": due_note(project),
        "late": project.is_overdue(),
        "trail": trail((pgettext("portal", "Application"), "")),
    }
    return show(request, "application.html", context, part=PROJECTS)


def remarks_told(project: Project, remarks: Remarks) -> dict[str, Any]:
    """Return why it was returned and by which side, never by whom."""
    if remarks.entry is None:
        return {}
    return {"reason": remarks.reason, "who": side(acting_role(remarks.entry), project)}


def _reading(project: Project) -> dict[str, Any]:
    status = reverse("portal:project", args=[project.pk])
    return {
        "project": project,
        "rows": answers(project, change=False),
        "plan": plan_rows(project),
        "files": file_rows(application_files_of(project)),
        "trail": trail((str(project), status), (_("Content of the application"), "")),
    }
