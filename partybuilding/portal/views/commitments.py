"""Write the public commitments of an approved project, one at a time, and hand them in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.refusals import Overtaken, Refusal, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.portal import texts, typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import CommitmentPart
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.standing import returned_with
from partybuilding.portal.presenters.wording import due_sentence
from partybuilding.portal.views.lookup import own_project, tell
from partybuilding.portal.views.sections import closed_sentence
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.permissions import user_can_edit_project
from partybuilding.projects.rules import commitments_complete
from partybuilding.projects.services import save_commitments
from partybuilding.projects.states import ProjectState

MAX_COMMITMENTS = 20


def _writable(project: Project, user: AnyUser) -> bool:
    return project.state == ProjectState.APPROVED and user_can_edit_project(project, user)


def _written(project: Project) -> list[Commitment]:
    return list(project.commitments.prefetch_related("steps"))


@portal_view(Role.APPLICANT)
def commitments(request: HttpRequest, pk: int) -> HttpResponse:
    """List the promises; hand them in by POST."""
    project = own_project(request, pk)
    if request.method == "POST":
        return _submit(request, project)
    written = _written(project)
    status = reverse("portal:project", args=[pk])
    context = {
        "project": project,
        "commitments": [_row(project, number, item) for number, item in enumerate(written, 1)],
        "can_write": _writable(project, request.user),
        "returned": returned_with(project, "return_commitments", ProjectState.APPROVED),
        "can_add": len(written) < MAX_COMMITMENTS,
        "add_href": reverse("portal:commitment", args=[pk, len(written) + 1]),
        "gaps": commitments_complete(project).reasons if written else (),
        "due": due_sentence(project),
        "guide": texts.guide(texts.COMMITMENTS),
        "trail": trail((str(project), status), (pgettext("portal", "Public commitments"), "")),
    }
    return show(request, "commitments.html", context, part=PROJECTS)


def _row(project: Project, number: int, item: Commitment) -> dict[str, Any]:
    return {
        "number": number,
        "item": item,
        "steps": [{"title": step.title, "deadline": step.deadline} for step in item.steps.all()],
        "href": reverse("portal:commitment", args=[project.pk, number]),
    }


def _submit(request: HttpRequest, project: Project) -> HttpResponse:
    try:
        move(project, "submit_commitments", by=request.user)
    except (Overtaken, WrongState):
        messages.info(request, _("The commitments have already been submitted."))
    except Refusal as refusal:
        tell(request, refusal, project)
        return redirect("portal:commitments", project.pk)
    else:
        messages.success(request, _("The commitments are submitted. The editors check them next."))
    return redirect("portal:project", project.pk)


@portal_view(Role.APPLICANT)
def commitment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write one promise, or remove it by POST."""
    project = own_project(request, pk)
    if request.method != "POST" and not _writable(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    written = _written(project)
    if not 1 <= number <= min(len(written) + 1, MAX_COMMITMENTS):
        raise Http404
    if request.method == "POST":
        return _save(request, project, written, number)
    part = CommitmentPart(_at(written, number), typed_text.take_back(request))
    return _page(request, project, part, number, written=written)


def _at(written: list[Commitment], number: int) -> Commitment | None:
    return written[number - 1] if number <= len(written) else None


def _save(
    request: HttpRequest, project: Project, written: list[Commitment], number: int
) -> HttpResponse:
    """Put this promise among the others, or take it out; what was typed comes back if refused."""
    rows = [_as_row(item) for item in written]
    part = CommitmentPart(_at(written, number), request.POST)
    removes = "remove" in request.POST
    if not removes and not part.is_valid():
        return _page(request, project, part, number, written=written)
    rows[number - 1 : number] = [] if removes else [part.row()]
    try:
        save_commitments(project, rows, by=request.user)
    except Refusal as refusal:
        told = refusal.sentences
        return _page(request, project, part, number, written=written, refused=told, status=409)
    messages.success(request, _("The commitments are saved."))
    return redirect("portal:commitments", project.pk)


def _as_row(item: Commitment) -> dict[str, Any]:
    return {
        "goal": item.goal,
        "short_name": item.short_name,
        "deadline": item.deadline,
        "person": item.person,
        "post": item.post,
        "steps": [{"title": step.title, "deadline": step.deadline} for step in item.steps.all()],
    }


def _page(
    request: HttpRequest,
    project: Project,
    part: CommitmentPart,
    number: int,
    *,
    written: list[Commitment],
    refused: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    listing = reverse("portal:commitments", args=[project.pk])
    context = {
        "project": project,
        "part": part,
        "number": number,
        "present": _at(written, number),
        "refused": refused,
        "back": listing,
        "trail": trail(
            (pgettext("portal", "Public commitments"), listing), (_("Write a commitment"), "")
        ),
    }
    return show(request, "commitment.html", context, part=PROJECTS, status=status)
