"""Find a user's own project or score sheet, and say in words why a step was refused."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.permissions import own_sheets
from partybuilding.portal.selectors import own_projects
from partybuilding.projects.models import Project


def own_project(request: HttpRequest, pk: int) -> Project:
    """Return a project that the user's organisations lead or take part in; 404 for any other."""
    found = own_projects(request.user).select_related(
        *("cycle", "topic", "organization__unit", "source__origin__cycle", "source__case")
    )
    material = ("partners__organization", "plan_steps", "attachments")
    return get_object_or_404(found.prefetch_related(*material), pk=pk)


def own_sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    """Return a score sheet of the user's own; 404 for any other, whatever else the user may see."""
    found = ScoreSheet.objects.filter(own_sheets(request.user))
    fetched = (
        "cycle__evaluation",
        "project__cycle",
        "project__organization__unit",
        "judge",
        "reviewer",
    )
    material = ("partners__organization", "plan_steps", "attachments", "topic")
    return get_object_or_404(
        found.select_related(*fetched).prefetch_related(*(f"project__{name}" for name in material)),
        pk=pk,
    )


def sheets_name(sheet: ScoreSheet) -> str:
    """Return what the list that a sheet stands in is called."""
    return _("Peer review of projects") if sheet.is_of_peer else _("Score sheets")


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
