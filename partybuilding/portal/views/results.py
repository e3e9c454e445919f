"""Write what came of the promises at the end of the year, and hand it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.core.rules import together
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.portal import texts, typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.results import ResultsPart
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import answers_told
from partybuilding.portal.presenters.progress import result_rows
from partybuilding.portal.presenters.standing import returned_with
from partybuilding.portal.presenters.wording import due_sentence
from partybuilding.portal.views.lookup import own_project, refusal_sentences, tell
from partybuilding.portal.views.progress import status_href
from partybuilding.portal.views.sections import autosave_answer
from partybuilding.progress.selectors import kept_by
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_write_results
from partybuilding.projects.rules import implementation_begun, no_finding_overdue
from partybuilding.projects.states import RESULTS_IN, ProjectState
from partybuilding.supervision.open_things import open_rectifications


@portal_view(Role.APPLICANT)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is written; save it or hand it in by POST."""
    project = own_project(request, pk)
    if not user_can_write_results(project, request.user):
        return _closed(request, project)
    found = kept_by(project)
    if request.method != "POST":
        typed = typed_text.take_back(request)
        return _page(request, ResultsPart(project, found, typed), restored=bool(typed))
    part = ResultsPart(project, found, request.POST)
    try:
        part.save(by=request.user)
    except Overtaken as refusal:
        part.seen = part.fingerprint()  # who saves again means it
        return _page(request, part, refused=refusal.sentences, stored=_stored(part), status=409)
    except Refusal as refusal:
        return _page(request, part, refused=refusal_sentences(refusal, project), status=409)
    return _hand_in(request, part) if "submit" in request.POST else _saved(request, part)


def _closed(request: HttpRequest, project: Project) -> HttpResponse:
    """Show what was handed in; before that, lead to the project."""
    if project.state in RESULTS_IN:
        if request.method == "POST":
            messages.info(request, _("The results have already been submitted."))
        return _page(request, ResultsPart(project, kept_by(project)), writable=False)
    words = _("Results are written by the leading organization while the project is implemented.")
    messages.info(request, words)
    return redirect("portal:project", project.pk)


def _saved(request: HttpRequest, part: ResultsPart) -> HttpResponse:
    if not part.is_valid():
        return _page(request, part)
    messages.success(request, _("The results are saved; they are not submitted yet."))
    return redirect("portal:results", part.project.pk)


def _hand_in(request: HttpRequest, part: ResultsPart) -> HttpResponse:
    if not (part.is_valid() and part.is_complete()):
        return _page(request, part)
    project = part.project
    try:
        move(project, "submit_results", by=request.user)
    except Refusal as refusal:
        tell(request, refusal, project)
        return redirect("portal:results", project.pk)
    messages.success(request, _("The results are submitted. The year-end review comes next."))
    return redirect("portal:project", project.pk)


def _stored(part: ResultsPart) -> dict[str, Any]:
    """Return what is stored now, to be held against what was typed."""
    summary = {"label": part.form.fields["summary"].label, "value": part.project.results_summary}
    told = ((part.field_of(item), item.explanation) for item in part.commitments)
    rows = ({"label": field.label, "value": words} for field, words in told if field)
    answers = (
        {"label": one.label, "value": one.words(part.project)} for one in part.questions.values()
    )
    return {"rows": [summary, *rows, *answers]}


def _first(project: Project) -> tuple[Any, ...]:
    """Return what has to be settled before the results can be handed in, besides what is written here."""
    return together((implementation_begun(project), no_finding_overdue(project))).reasons


def results_words() -> str:
    """Return what the screen is called."""
    return pgettext("portal", "Results of the project")


def _page(
    request: HttpRequest,
    part: ResultsPart,
    *,
    writable: bool = True,
    restored: bool = False,
    refused: Any = (),
    stored: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    project = part.project
    context = {
        "project": project,
        "part": part,
        "rows": list(result_rows(part, writable=writable)),
        "writable": writable,
        "answers": [] if writable else answers_told(project.results, project),
        "first": [str(one) for one in _first(project)] if writable else [],
        "findings": list(open_rectifications(project)) if writable else [],
        "restored": restored,
        "refused": refused,
        "stored": stored,
        "returned": returned_with(project, "return_results", ProjectState.IMPLEMENTING),
        "due": due_sentence(project),
        "guide": texts.guide(texts.RESULTS),
        "autosave": reverse("portal:results_autosave", args=[project.pk]),
        "back": reverse("portal:progress", args=[project.pk]),
        "trail": trail((str(project), status_href(project)), (results_words(), "")),
    }
    return show(request, "results.html", context, part=PROJECTS, status=status)


@require_POST
@portal_view(Role.APPLICANT)
def results_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the results while they are being written; answers in JSON."""
    project = own_project(request, pk)
    part = ResultsPart(project, kept_by(project), request.POST)
    return autosave_answer(part, request.user)
