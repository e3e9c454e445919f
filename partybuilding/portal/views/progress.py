"""How the promises of an implementing project stand, and the report that a step was done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role, Text
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.progress import EvidenceForm, EvidencePart
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.progress import change_row, commitment_rows, question_row
from partybuilding.portal.presenters.wording import due_sentence
from partybuilding.portal.views.lookup import own_project, refusal_sentences
from partybuilding.progress.models import Draft
from partybuilding.progress.permissions import user_can_report_step
from partybuilding.progress.selectors import changes_of, kept_by, questions_of
from partybuilding.progress.services import drop_draft, keep_draft, report_step
from partybuilding.projects.models import CommitmentStep, Project

#: Longer texts than this are not kept for a form, in characters.
MOST_TYPED = 20_000
NOT_KEPT = ("csrfmiddlewaretoken", "seen")


@require_safe
@portal_view(Role.APPLICANT)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every commitment with its steps, open questions and changes."""
    project = own_project(request, pk)
    if not project.has_promised:
        return redirect("portal:project", project.pk)
    writable = user_can_report_step(project, request.user)
    found = kept_by(project)
    questions = questions_of(request.user).filter(project=project).unsettled()
    context = {
        "project": project,
        "writable": writable,
        "rows": list(commitment_rows(project, found, writable=writable)),
        "results_href": reverse("portal:results", args=[project.pk]) if writable else "",
        "all_kept": all(item.promise.is_kept for item in found),
        "due": due_sentence(project),
        "questions": [question_row(one) for one in questions],
        "changes": [change_row(one) for one in changes_of(request.user).filter(project=project)],
        "trail": trail((str(project), status_href(project)), (progress_words(), "")),
    }
    return show(request, "progress.html", context, part=PROJECTS)


def progress_words() -> str:
    """Return what the screen is called."""
    return pgettext("portal", "Progress of the commitments")


def status_href(project: Project) -> str:
    """Return where a project's own screen is."""
    return reverse("portal:project", args=[project.pk])


def way_to(project: Project, last: str) -> list[dict[str, Text]]:
    """Return the way back from a form: to the progress, then to the project."""
    progress_href = reverse("portal:progress", args=[project.pk])
    return trail(
        (str(project), status_href(project)), (progress_words(), progress_href), (last, "")
    )


@portal_view(Role.APPLICANT)
def report(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Report a step done, with words, figures, pictures and files."""
    project = own_project(request, pk)
    found = _step(project, step)
    if found.is_closed or not user_can_report_step(project, request.user):
        words = _("This step is reported already, or can no longer be reported.")
        messages.info(request, words)
        return redirect("portal:progress", project.pk)
    if request.method != "POST":
        return _page(request, project, found, untouched(request, EvidenceForm, _key(found)))
    part = EvidencePart(EvidenceForm, request.POST, request.FILES)
    if not part.is_valid():
        return _page(request, project, found, part)
    try:
        report_step(found, by=request.user, evidence=part.evidence())
    except (Refusal, UploadRefused) as refusal:
        told = sentences_of(refusal, project)
        return _page(request, project, found, part, refused=told, status=409)
    drop_draft(_key(found), by=request.user)
    messages.success(request, _("The step is reported done; residents can read it now."))
    return redirect("portal:progress", project.pk)


def sentences_of(refusal: Exception, project: Project) -> list[str]:
    """Return what an applicant is told of a refusal by the door or of an upload."""
    return refusal_sentences(refusal, project) if isinstance(refusal, Refusal) else [str(refusal)]


def untouched(request: HttpRequest, form: Any, key: str) -> EvidencePart:
    """Return a form with the text kept for it: through signing in again, or from an earlier day."""
    if typed := typed_text.take_back(request):
        return EvidencePart(form, said=dict(typed.lists()))
    draft = Draft.objects.filter(by=request.user.pk, form=key).first()
    return EvidencePart(form, said=draft.said if draft else None)


def _step(project: Project, pk: int) -> CommitmentStep:
    steps = CommitmentStep.objects.filter(commitment__project=project)
    return get_object_or_404(steps.select_related("commitment__project"), pk=pk)


def _key(step: CommitmentStep) -> str:
    return f"report:{step.pk}"


def _page(
    request: HttpRequest,
    project: Project,
    step: CommitmentStep,
    part: EvidencePart,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    title = _("Report a step done")
    context = {
        "project": project,
        "step": step,
        "part": part,
        "refused": refused,
        "autosave": reverse("portal:report_autosave", args=[project.pk, step.pk]),
        "back": reverse("portal:progress", args=[project.pk]),
        "title": title,
        "trail": way_to(project, title),
    }
    return show(request, "report.html", context, part=PROJECTS, status=status)


@require_POST
@portal_view(Role.APPLICANT)
def report_autosave(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Keep the text of a report while it is being written; answers in JSON."""
    return keep_typed(request, _key(_step(own_project(request, pk), step)))


def keep_typed(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was typed into a form of this user's; answers in JSON."""
    said = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    if sum(len(value) for values in said.values() for value in values) > MOST_TYPED:
        words = _("This is too long to be kept. Copy what you have written before you leave.")
        return JsonResponse({"message": words}, status=422)
    draft = keep_draft(key, said, by=request.user)
    at = timezone.localtime(draft.saved_at).isoformat()
    return JsonResponse({"saved_at": at, "values": {}})
