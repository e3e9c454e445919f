"""One part of an application at a time: a form that saves itself, and loses nothing."""

from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.core.sheets import Part
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import ApplicationPart, fingerprint
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import Remarks, plan_rows, section_href
from partybuilding.portal.views.lookup import own_project
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application


class SavingPart(Protocol):
    """A form that saves what is valid of it, and knows what the person saw."""

    seen: str

    def save(self, *, by: AnyUser) -> Project: ...

    def is_valid(self) -> bool: ...

    def sentences(self) -> list[str]: ...


def autosave_answer(part: SavingPart, user: AnyUser) -> HttpResponse:
    """Save what is valid, and say until when it is saved or what keeps it from being."""
    try:
        saved = part.save(by=user)
    except Overtaken as refusal:
        words = _("%(why)s Press “save” to hold both versions against each other.")
        return JsonResponse({"message": words % {"why": refusal}}, status=409)
    except Refusal as refusal:
        words = _("%(why)s Copy what you have written before you leave the page.")
        return JsonResponse({"message": words % {"why": refusal}}, status=409)
    if not part.is_valid():
        words = _("Not everything is saved. %(errors)s")
        return JsonResponse({"message": words % {"errors": " ".join(part.sentences())}}, status=422)
    at = timezone.localtime(saved.updated_at).isoformat()
    return JsonResponse({"saved_at": at, "values": {"seen": part.seen}})


@portal_view(Role.APPLICANT)
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show and save one part."""
    project, part = _written_part(request, pk, section)
    if request.method == "POST":
        return _save(request, project, part)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    typed = typed_text.take_back(request)
    return _page(request, ApplicationPart(project, part, typed), restored=bool(typed))


def closed_sentence(project: Project) -> str:
    """Say why the application cannot be written now."""
    label = project.state_row.told
    words = _(
        "It is “%(state)s” and not open for writing; it is the leading organization that writes."
    )
    return words % {"state": label}


def _written_part(request: HttpRequest, pk: int, section: str) -> tuple[Project, Part]:
    """Find a part that is a form; attachments have a screen of their own."""
    project = own_project(request, pk)
    part = project.whole_sheet.part(section)
    if part is None or not part.written:
        raise Http404
    return project, part


def _save(request: HttpRequest, project: Project, part: Part) -> HttpResponse:
    typed = ApplicationPart(project, part, request.POST)
    try:
        typed.save(by=request.user)
    except Overtaken as refusal:
        now = own_project(request, project.pk)
        typed.seen = fingerprint(now, part)  # who saves again means it
        stored = _stored(now, part)
        return _page(request, typed, refused=refusal.sentences, stored=stored, status=409)
    except Refusal as refusal:
        return _page(request, typed, refused=refusal.sentences, status=409)
    if not typed.is_valid():
        return _page(request, typed)
    messages.success(request, _("Saved: %(part)s") % {"part": part.label})
    places = {"next": next_place(project, part), "more": request.path}
    tasks = reverse("portal:application", args=[project.pk])
    return redirect(places.get(request.POST.get("then", ""), tasks))


def _stored(project: Project, part: Part) -> dict[str, Any]:
    """Return what is stored of a part, to be held against what was typed."""
    return {
        "rows": [{"label": field.label, "value": field.words(project)} for field in part.written],
        "plan": plan_rows(project) if part.holds("plan") else [],
    }


def next_place(project: Project, part: Part) -> str:
    """Return the address of the part after this one; after the last, the check."""
    codes = [one.code for one in project.whole_sheet.parts]
    asked = {one.code for one in project.sheet.parts}
    later = [code for code in codes[codes.index(part.code) + 1 :] if code in asked]
    return section_href(project, later[0]) if later else reverse("portal:check", args=[project.pk])


def place_words(project: Project, part: Part) -> str:
    """Say which of how many parts it is."""
    codes = [one.code for one in project.sheet.parts]
    place = codes.index(part.code) + 1 if part.code in codes else len(codes)
    return _("Part %(place)s of %(total)s") % {"place": place, "total": len(codes)}


def _page(
    request: HttpRequest,
    typed: ApplicationPart,
    *,
    restored: bool = False,
    refused: tuple[str, ...] = (),
    stored: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    project, part = typed.project, typed.part
    tasks = reverse("portal:application", args=[project.pk])
    context: dict[str, Any] = {
        "project": project,
        "section": part.code,
        "title": part.label,
        "kicker": place_words(project, part),
        "part": typed,
        "guidance": _guidance(project, part),
        "remark": Remarks(project).of(part.code),
        "restored": restored,
        "refused": refused,
        "stored": stored,
        "trail": trail((pgettext("portal", "Application"), tasks), (part.label, "")),
    }
    return show(request, "section.html", context, part=PROJECTS, status=status)


def _guidance(project: Project, part: Part) -> list[Any]:
    """Return the year's guidance: where the topic is chosen that of the field, elsewhere the chosen topic."""
    if part.holds("topic"):
        fitting = ("", project.sector) if project.sector else ("",)
        return [topic for topic in project.cycle.topics.all() if topic.sector in fitting]
    return [project.topic] if project.topic else []


@require_POST
@portal_view(Role.APPLICANT)
def autosave(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Save a part while it is being written; answers in JSON."""
    project, part = _written_part(request, pk, section)
    return autosave_answer(ApplicationPart(project, part, request.POST), request.user)
