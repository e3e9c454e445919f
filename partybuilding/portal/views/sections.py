"""One part of an application at a time: a form that saves itself, and loses nothing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.core.states import Role
from partybuilding.portal import kept
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import Part, fingerprint
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import Remarks, plan_rows
from partybuilding.portal.views.lookup import own_project
from partybuilding.portal.views.saving import autosave_answer
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application
from partybuilding.projects.states import Section

#: The parts that are forms; attachments have a screen of their own.
WRITTEN = [section.value for section in Section if section != Section.ATTACHMENTS]


@portal_view(Role.APPLICANT)
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show and save one part."""
    project = _project(request, pk, section)
    if request.method == "POST":
        return _save(request, project, section)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    typed = kept.take_back(request)
    return _page(request, project, section, Part(project, section, typed), restored=bool(typed))


def closed_sentence(project: Project) -> str:
    """Say why the application cannot be written now."""
    label = project.state_row.told
    words = _(
        "It is “%(state)s” and not open for writing; it is the leading organization that writes."
    )
    return words % {"state": label}


def _project(request: HttpRequest, pk: int, section: str) -> Project:
    if section not in WRITTEN:
        raise Http404
    return own_project(request, pk)


def _save(request: HttpRequest, project: Project, section: str) -> HttpResponse:
    part = Part(project, section, request.POST)
    try:
        part.save(by=request.user)
    except Overtaken as refusal:
        now = own_project(request, project.pk)
        part.seen = fingerprint(now, section)  # who saves again means it
        told = {"refused": refusal.sentences, "stored": _stored(now, section)}
        return _page(request, project, section, part, status=409, **told)
    except Refusal as refusal:
        return _page(request, project, section, part, refused=refusal.sentences, status=409)
    if not part.is_valid():
        return _page(request, project, section, part)
    messages.success(request, _("Saved: %(part)s") % {"part": Section(section).label})
    places = {"next": next_place(project, section), "more": request.path}
    tasks = reverse("portal:application", args=[project.pk])
    return redirect(places.get(request.POST.get("then", ""), tasks))


def _stored(project: Project, section: str) -> dict[str, Any]:
    """Return what is stored of a part, to be held against what was typed."""
    form = Part(project, section).form
    shown = [(form.fields[name].label, name) for name in form.fields]
    return {
        "rows": [{"label": label, "value": _words(project, name)} for label, name in shown],
        "plan": plan_rows(project) if section == Section.PLAN else [],
    }


def _words(project: Project, name: str) -> str:
    display = getattr(project, f"get_{name}_display", None)
    return str(display() if display else getattr(project, name) or "")


def next_place(project: Project, section: str) -> str:
    """Return the address of the part after this one; after the last, the check."""
    order = Section.values
    place = order.index(section) + 1
    if place == len(order):
        return reverse("portal:check", args=[project.pk])
    return reverse("portal:section", args=[project.pk, order[place]])


def _page(
    request: HttpRequest,
    project: Project,
    section: str,
    part: Part,
    *,
    restored: bool = False,
    refused: tuple[str, ...] = (),
    stored: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    place = Section.values.index(section) + 1
    tasks = reverse("portal:application", args=[project.pk])
    context: dict[str, Any] = {
        "project": project,
        "section": section,
        "title": Section(section).label,
        "kicker": _("Part %(place)s of %(total)s") % {"place": place, "total": len(Section)},
        "part": part,
        "guidance": _guidance(project, section),
        "remark": Remarks(project).of(section),
        "restored": restored,
        "refused": refused,
        "stored": stored,
        "trail": trail((pgettext("portal", "Application"), tasks), (Section(section).label, "")),
    }
    return show(request, "section.html", context, part=PROJECTS, status=status)


def _guidance(project: Project, section: str) -> list[Any]:
    """Return the year's guidance: for the first part that of the field, elsewhere the chosen topic."""
    if section == Section.BASICS:
        fitting = ("", project.sector) if project.sector else ("",)
        return [topic for topic in project.cycle.topics.all() if topic.sector in fitting]
    return [project.topic] if project.topic else []


@require_POST
@portal_view(Role.APPLICANT)
def autosave(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Save a part while it is being written; answers in JSON."""
    project = _project(request, pk, section)
    return autosave_answer(Part(project, section, request.POST), request.user)
