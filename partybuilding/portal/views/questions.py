"""A question on one's report: read it, and answer it with words and more evidence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.offers import may_take
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.progress import AnswerForm, EvidencePart
from partybuilding.portal.frame import PROJECTS, show
from partybuilding.portal.presenters.progress import question_row, reported
from partybuilding.portal.views.lookup import own_project
from partybuilding.portal.views.progress import keep_typed, sentences_of, untouched, way_to
from partybuilding.progress.models import StepQuestion
from partybuilding.progress.selectors import question_file
from partybuilding.progress.services import answer_question, drop_draft


@portal_view(Role.APPLICANT)
def question(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a question with the report it is about; answer it by POST."""
    found = _found(request, pk, number)
    answerable = _answerable(request, found)
    if request.method != "POST" or not answerable:
        part = untouched(request, AnswerForm, _key(found)) if answerable else None
        return _page(request, found, part)
    part = EvidencePart(AnswerForm, request.POST, request.FILES)
    if not part.is_valid():
        return _page(request, found, part)
    try:
        answer_question(
            found,
            by=request.user,
            words=part.form.cleaned_data["answer"],
            evidence=part.evidence(),
            seen=request.POST.get("seen", ""),
        )
    except (Refusal, UploadRefused) as refusal:
        told = sentences_of(refusal, found.project)
        return _page(request, found, part, refused=told, status=409)
    drop_draft(_key(found), by=request.user)
    messages.success(request, _("The answer was sent to those who asked."))
    return redirect("portal:progress", found.project_id)


def _found(request: HttpRequest, pk: int, number: int) -> StepQuestion:
    project = own_project(request, pk)
    get_object_or_404(StepQuestion.objects.filter(project=project), pk=number)
    return question_file(request.user, number)


def _answerable(request: HttpRequest, found: StepQuestion) -> bool:
    return may_take(found, request.user, "answer")


def _key(found: StepQuestion) -> str:
    return f"answer:{found.pk}"


def _page(
    request: HttpRequest,
    found: StepQuestion,
    part: EvidencePart | None,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    title = _("Question on a report")
    context = {
        "project": found.project,
        "question": found,
        "row": question_row(found),
        "report": reported(found.report),
        "added": [reported(one) for one in found.supplements.all()],
        "part": part,
        "refused": refused,
        "autosave": reverse("portal:answer_autosave", args=[found.project_id, found.pk]),
        "back": reverse("portal:progress", args=[found.project_id]),
        "title": title,
        "trail": way_to(found.project, title),
    }
    return show(request, "question.html", context, part=PROJECTS, status=status)


@require_POST
@portal_view(Role.APPLICANT)
def answer_autosave(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep the text of an answer while it is being written; answers in JSON."""
    return keep_typed(request, _key(_found(request, pk, number)))
