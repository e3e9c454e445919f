"""Propose a change of a published commitment, see where it stands, withdraw it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partybuilding.core.machine.offers import may_take
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.wording import day_words
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.progress import ChangeForm
from partybuilding.portal.frame import PROJECTS, show
from partybuilding.portal.presenters.progress import change_row
from partybuilding.portal.presenters.wording import days_left
from partybuilding.portal.views.lookup import own_project, tell
from partybuilding.portal.views.progress import keep_typed, way_to
from partybuilding.progress.models import CommitmentChange, Draft
from partybuilding.progress.permissions import user_can_propose_change
from partybuilding.progress.selectors import change_file
from partybuilding.progress.services import drop_draft, propose_change
from partybuilding.progress.states import OF_COMMITMENT, OF_STEP, ChangeState
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.states import ChangedPart


@portal_view(Role.APPLICANT)
def change_commitment(request: HttpRequest, pk: int, item: int, part: str) -> HttpResponse:
    """Propose a change of a commitment."""
    project = own_project(request, pk)
    return _propose(request, project, _commitment(project, item, part), part)


@portal_view(Role.APPLICANT)
def change_step(request: HttpRequest, pk: int, item: int, part: str) -> HttpResponse:
    """Propose a change of a step."""
    project = own_project(request, pk)
    return _propose(request, project, _step(project, item, part), part)


@require_POST
@portal_view(Role.APPLICANT)
def commitment_autosave(request: HttpRequest, pk: int, item: int, part: str) -> HttpResponse:
    """Keep the text of a proposal while it is being written; answers in JSON."""
    return keep_typed(request, _key(_commitment(own_project(request, pk), item, part), part))


@require_POST
@portal_view(Role.APPLICANT)
def step_autosave(request: HttpRequest, pk: int, item: int, part: str) -> HttpResponse:
    """Keep the text of a proposal while it is being written; answers in JSON."""
    return keep_typed(request, _key(_step(own_project(request, pk), item, part), part))


def _commitment(project: Project, pk: int, part: str) -> Commitment:
    if part not in OF_COMMITMENT:
        raise Http404
    return get_object_or_404(project.commitments.all(), pk=pk)


def _step(project: Project, pk: int, part: str) -> CommitmentStep:
    if part not in OF_STEP:
        raise Http404
    steps = CommitmentStep.objects.filter(commitment__project=project)
    return get_object_or_404(steps.select_related("commitment__project"), pk=pk)


def _key(target: Any, part: str) -> str:
    return f"change:{type(target).__name__}:{target.pk}:{part}"


def _propose(request: HttpRequest, project: Project, target: Any, part: str) -> HttpResponse:
    if not user_can_propose_change(project, request.user):
        messages.info(request, _("Changes are proposed while the project is being implemented."))
        return redirect("portal:progress", project.pk)
    if request.method != "POST":
        return _form_page(request, project, target, part, _untouched(request, target, part))
    form = ChangeForm(request.POST, part=part)
    if not form.is_valid():
        return _form_page(request, project, target, part, form)
    try:
        made = propose_change(target, part, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return _form_page(request, project, target, part, form, status=409)
    drop_draft(_key(target, part), by=request.user)
    messages.success(request, _("The proposal was sent; the Organization Department decides."))
    return redirect("portal:change", project.pk, made.pk)


def _untouched(request: HttpRequest, target: Any, part: str) -> ChangeForm:
    if typed := typed_text.take_back(request):
        return ChangeForm(initial=typed.dict(), part=part)
    draft = Draft.objects.filter(by=request.user.pk, form=_key(target, part)).first()
    said = {name: values[0] for name, values in draft.said.items() if values} if draft else {}
    return ChangeForm(initial=said, part=part)


def _form_page(
    request: HttpRequest, project: Project, target: Any, part: str, form: ChangeForm, **kwargs: Any
) -> HttpResponse:
    of_step = isinstance(target, CommitmentStep)
    place = "portal:change_step_autosave" if of_step else "portal:change_commitment_autosave"
    title = _("Propose a change")
    context = {
        "project": project,
        "what": ChangedPart(part).label,
        "thing": target,
        "old": _now(target, part),
        "form": form,
        "is_deadline": part == ChangedPart.DEADLINE,
        "autosave": reverse(place, args=[project.pk, target.pk, part]),
        "back": reverse("portal:progress", args=[project.pk]),
        "title": title,
        "trail": way_to(project, title),
    }
    return show(request, "change_form.html", context, part=PROJECTS, **kwargs)


def _now(target: Any, part: str) -> Any:
    """Return what stands there now."""
    if part == ChangedPart.PERSON:
        return f"{target.person} {target.post}"
    return getattr(target, {"deadline": "deadline", "goal": "goal", "title": "title"}[part])


@portal_view(Role.APPLICANT)
def change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show where a proposal stands; withdraw it by POST."""
    project = own_project(request, pk)
    get_object_or_404(CommitmentChange.objects.filter(project=project), pk=number)
    found = change_file(request.user, number)
    if request.method == "POST":
        return _withdraw(request, found)
    is_open = found.state == ChangeState.PROPOSED
    refused = last_entry(found, "refuse") if found.state == ChangeState.REFUSED else None
    title = _("Change of a commitment")
    context = {
        "project": project,
        "change": found,
        "row": change_row(found),
        "refused": refused.reason if refused else "",
        "due": day_words(found.due_on) if is_open and found.due_on else "",
        "due_note": days_left(found.due_on) if is_open and found.due_on else "",
        "can_withdraw": may_take(found, request.user, "withdraw"),
        "title": title,
        "trail": way_to(project, title),
    }
    return show(request, "change.html", context, part=PROJECTS)


def _withdraw(request: HttpRequest, found: CommitmentChange) -> HttpResponse:
    try:
        move(found, "withdraw", by=request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        tell(request, refusal, found.project)
    else:
        messages.success(request, _("The proposal was withdrawn."))
    return redirect("portal:progress", found.project_id)
