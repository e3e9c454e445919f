"""The papers of a case file: letters of one project or of a session, application form, report of the results."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from partybuilding.projects.documents import (
    FORM_EDITIONS,
    LETTER_EDITIONS,
    RESULTS_EDITIONS,
    form_response,
    letter_response,
    results_response,
)
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.permissions import user_can_see_reviews, user_can_see_session
from partybuilding.projects.selectors import case_file
from partybuilding.projects.services import open_review
from partybuilding.projects.sessions.documents import letters_response
from partybuilding.projects.sessions.selectors import letters_of, standing_decision
from partybuilding.projects.states import RESULTS_IN


def _case_file(request: HttpRequest, pk: int) -> Project:
    try:
        return case_file(request.user, pk)
    except Project.DoesNotExist:
        raise Http404 from None


@require_GET
def letter(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the letter of a decision that stands, to staff who may see the project."""
    project = _case_file(request, pk)
    entry = standing_decision(project)
    if edition not in LETTER_EDITIONS or entry is None:
        raise Http404
    return letter_response(project, entry, edition)


@require_GET
def session_letters(request: HttpRequest, pk: int, edition: str) -> HttpResponseBase:
    """Return all letters of a closed session in one file."""
    if edition not in LETTER_EDITIONS or not user_can_see_session(request.user):
        raise Http404
    session = get_object_or_404(DecisionSession.objects.select_related("cycle"), pk=pk)
    letters = letters_of(session)
    if not letters:
        messages.warning(request, _("There are no letters: nothing was approved or declined."))
        return redirect("partybuilding:session_summary", pk)
    return letters_response(session, letters, edition)


@require_GET
def application_form(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the application form as PDF or Word, with the reviews for those who may see them."""
    project = _case_file(request, pk)
    if edition not in FORM_EDITIONS:
        raise Http404
    open_review(project, by=request.user)
    full = user_can_see_reviews(project, request.user)
    return form_response(project, edition, full=full)


@require_GET
def results_report(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the report of the results as PDF or Word, once it is handed in."""
    project = _case_file(request, pk)
    if edition not in RESULTS_EDITIONS or project.state not in RESULTS_IN:
        raise Http404
    return results_response(project, edition)
