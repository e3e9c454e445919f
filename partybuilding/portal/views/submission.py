"""Check the answers, hand in, read the receipt; withdraw."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.offers import may_take, unmet
from partybuilding.core.machine.refusals import Overtaken, Refusal, WrongState
from partybuilding.core.machine.wording import day_words
from partybuilding.core.services import move
from partybuilding.core.services.door import due_date
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.portal import texts, typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import ConfirmForm, ReasonForm
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import (
    answers,
    application_files_of,
    file_rows,
    gaps,
    plan_rows,
    section_href,
)
from partybuilding.portal.presenters.wording import (
    due_sentence,
    first_reviewer,
)
from partybuilding.portal.views.lookup import own_project, tell
from partybuilding.portal.views.sections import closed_sentence
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import (
    user_can_edit_application,
)
from partybuilding.projects.rules import in_time
from partybuilding.projects.services import submit_application
from partybuilding.projects.states import TABLE, UNDECIDED, ProjectState
from partybuilding.texts.selectors import message_in_use

#: Faster hands of one's own organisation, or a second click: it is handed in, and all is well.
HANDED_IN = (ProjectState.SUBMITTED, *UNDECIDED)


@portal_view(Role.APPLICANT)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every answer with the way to change it, and hand the application in by POST."""
    project = own_project(request, pk)
    if request.method == "POST":
        return _submit(request, project)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    return _page(request, project, ConfirmForm())


def _submit(request: HttpRequest, project: Project) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if project.state in HANDED_IN:
        return _already(request, project)
    if not user_can_edit_application(project, request.user):
        messages.error(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    if not form.is_valid():
        return _page(request, project, form)
    try:
        submit_application(project, by=request.user)
    except (Overtaken, WrongState) as refusal:
        now = own_project(request, project.pk)
        if now.state in HANDED_IN:
            return _already(request, now)
        tell(request, refusal, now)
        return redirect("portal:project", project.pk)
    except Refusal as refusal:
        return _page(request, project, form, refused=refusal.sentences)
    return redirect("portal:receipt", project.pk)


def _already(request: HttpRequest, project: Project) -> HttpResponse:
    words = _("It has already been submitted; there is no need to submit it again.")
    messages.info(request, words)
    return redirect("portal:receipt", project.pk)


def _page(
    request: HttpRequest, project: Project, form: ConfirmForm, refused: tuple[str, ...] = ()
) -> HttpResponse:
    missing = gaps(project)
    known = {gap["text"] for gap in missing}
    late = [str(reason) for reason in in_time(project).reasons]
    others = [text for text in dict.fromkeys([*late, *refused]) if text not in known]
    tasks = reverse("portal:application", args=[project.pk])
    context: dict[str, Any] = {
        "project": project,
        "form": form,
        "errors": [*missing, *({"text": text} for text in others)],
        "rows": answers(project, change=True),
        "plan": plan_rows(project),
        "plan_href": section_href(project, project.sheet.part_of("plan").code),
        "files": file_rows(application_files_of(project)),
        "files_href": section_href(project, project.sheet.part_of("attachments").code),
        "due": due_sentence(project),
        "guide": texts.guide(texts.CHECK),
        "trail": trail((pgettext("portal", "Application"), tasks), (_("Check and submit"), "")),
    }
    return show(request, "check.html", context, part=PROJECTS)


@portal_view(Role.APPLICANT)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the number, what happens next and by when."""
    project = own_project(request, pk)
    if not project.code:
        raise Http404
    told = message_in_use(texts.RECEIPT, texts.said_of(project))
    context = {
        "project": project,
        "title": told.subject,
        "next": [line for line in told.body.split("\n") if line],
        "buttons": [
            {"text": _("See where it stands"), "href": reverse("portal:project", args=[pk])},
            {
                "text": _("Download the form (PDF)"),
                "href": reverse("portal:form_paper", args=[pk, "pdf"]),
                "tone": "secondary",
                "icon": "download",
            },
        ],
        "trail": trail((pgettext("portal", "Receipt"), "")),
    }
    return show(request, "receipt.html", context, part=PROJECTS)


@portal_view(Role.APPLICANT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the application back."""
    project = own_project(request, pk)
    if not can_withdraw(project, request.user):
        if request.method == "POST":
            messages.info(request, _("It can no longer be withdrawn."))
        return redirect("portal:project", project.pk)
    form = ReasonForm(typed_text.typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            move(project, "withdraw", by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            tell(request, refusal, project)
        else:
            messages.success(request, _("The application has been withdrawn."))
        return redirect("portal:project", project.pk)
    status = reverse("portal:project", args=[pk])
    context = {
        "project": project,
        "form": form,
        "back": status,
        "trail": trail((str(project), status), (_("Withdraw the application"), "")),
    }
    return show(request, "withdraw.html", context, part=PROJECTS)


def can_withdraw(project: Project, user: AnyUser) -> bool:
    """Tell whether the step "withdraw" starts from here and is the user's."""
    return offer_of_applicant(project, user, "withdraw") == ()


@portal_view(Role.APPLICANT)
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the application back to change it."""
    project = own_project(request, pk)
    lacking = offer_of_applicant(project, request.user, "recall")
    status = reverse("portal:project", args=[pk])
    if lacking is None or lacking:
        for sentence in lacking or [_("It can no longer be taken back.")]:
            messages.info(request, str(sentence))
        return redirect(status)
    if request.method == "POST":
        try:
            move(project, "recall", by=request.user)
        except Refusal as refusal:
            tell(request, refusal, project)
            return redirect(status)
        messages.success(request, _("The application is yours again. Change it and submit it."))
        return redirect("portal:application", pk)
    until = due_date(project, timezone.localdate(), TABLE.state(ProjectState.DRAFT))
    context = {
        "project": project,
        "reviewer": first_reviewer(project),
        "until": until and day_words(until),
        "back": status,
        "trail": trail((str(project), status), (_("Take back to change"), "")),
    }
    return show(request, "recall.html", context, part=PROJECTS)


def offer_of_applicant(project: Project, user: AnyUser, step: str) -> tuple[Any, ...] | None:
    """Return what still stands in the way of a step; None when it is not possible, or not the user's."""
    return unmet(project, step) if may_take(project, user, step) else None
