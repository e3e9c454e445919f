"""The feedback notices on a project, as those who carry it out read and keep them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.views.lookup import own_project
from partybuilding.projects.models import Project
from partybuilding.supervision.notices.documents import EDITIONS, notice_response
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import heading_of, reading_of
from partybuilding.supervision.notices.selectors import feedback_of
from partybuilding.supervision.notices.states import FeedbackState


def feedback_lines(project: Project, user: AnyUser) -> list[dict[str, Any]]:
    """Return the issued notices on a project as a list of links."""
    return [_line(notice) for notice in feedback_of(project, user).readable()]


def _line(notice: FeedbackNotice) -> dict[str, Any]:
    count = len(notice.told.findings)
    words = ngettext("%(n)s finding", "%(n)s findings", count) % {"n": count}
    over = notice.state != FeedbackState.ISSUED
    return {
        "title": heading_of(notice),
        "href": reverse("portal:feedback", args=[notice.project_id, notice.pk]),
        "date": notice.issued_on,
        "meta": "" if over else words,
        "state": notice.state_row.label if over else "",
        "tone": notice.state_row.tone,
    }


def _own_notice(request: HttpRequest, project: Project, pk: int) -> FeedbackNotice:
    return get_object_or_404(feedback_of(project, request.user).readable(), pk=pk)


@require_safe
@portal_view(Role.APPLICANT)
def feedback(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """Show a notice with what became of its findings, and its papers."""
    project = own_project(request, pk)
    found = _own_notice(request, project, notice)
    papers = [
        {
            "name": found.number,
            "href": reverse("portal:feedback_paper", args=[project.pk, found.pk, code]),
            "kind": kind,
        }
        for code, kind in (("pdf", "PDF"), ("docx", "Word"))
    ]
    steps = ((str(project), reverse("portal:project", args=[project.pk])), (found.number, ""))
    context = {
        "project": project,
        "notice": found,
        "reading": reading_of(found),
        "papers": papers,
        "trail": trail(*steps),
    }
    return show(request, "feedback.html", context, part=PROJECTS)


@require_safe
@portal_view(Role.APPLICANT)
def feedback_paper(request: HttpRequest, pk: int, notice: int, edition: str) -> HttpResponse:
    """Return a notice as PDF or Word."""
    project = own_project(request, pk)
    found = _own_notice(request, project, notice)
    if edition not in EDITIONS:
        raise Http404
    return notice_response(found, edition)
