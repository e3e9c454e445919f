"""An application as a list of tasks, or, once it is handed in, as it reads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.states import Role
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import (
    Remarks,
    answers,
    application_files_of,
    done_count,
    file_rows,
    plan_rows,
    task_list,
)
from partybuilding.portal.presenters.sources import source_told
from partybuilding.portal.presenters.standing import acting_role
from partybuilding.portal.presenters.wording import due_note, due_sentence, side
from partybuilding.portal.views.lookup import own_project
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application


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
        "source": source_told(project, request),
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
