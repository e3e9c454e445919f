"""The part of an application that holds files: upload several, see them, remove one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.core.states import Role
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import UploadForm
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import Remarks
from partybuilding.portal.selectors import application_files
from partybuilding.portal.services import MAX_FILES, add_file, remove_file
from partybuilding.portal.views.lookup import own_project, tell
from partybuilding.portal.views.sections import closed_sentence, next_place, place_words
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application

PREVIEWED = ("jpg", "png")


@portal_view(Role.APPLICANT)
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the files and take in more."""
    project = own_project(request, pk)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    if request.method != "POST":
        return _page(request, project, UploadForm(asked=_asked(project)))
    if request.POST.get("then") and not request.FILES:
        return redirect(_place_after(request, project))
    form = UploadForm(request.POST, request.FILES, asked=_asked(project))
    if not form.is_valid():
        return _page(request, project, form)
    return _take_in(request, project, form)


def _asked(project: Project) -> list[Enclosure]:
    """Return the files that the year asks for by name."""
    return [one for one in project.sheet.questions.values() if isinstance(one, Enclosure)]


def _place_after(request: HttpRequest, project: Project) -> str:
    if request.POST["then"] == "next":
        return next_place(project, project.sheet.part_of("attachments"))
    return reverse("portal:application", args=[project.pk])


def _take_in(request: HttpRequest, project: Project, form: UploadForm) -> HttpResponse:
    """Take in what is sound, and say of each other file what is wrong with it."""
    taken = 0
    chosen = [(name, file) for name in form.fields for file in form.cleaned_data.get(name) or ()]
    for name, file in chosen:
        try:
            add_file(project, file, by=request.user, question="" if name == "files" else name)
        except (UploadRefused, Refusal) as refusal:
            words = _("“%(name)s” was not uploaded. %(why)s")
            form.add_error(name, words % {"name": file.name, "why": refusal})
        else:
            taken += 1
    if taken:
        messages.success(request, _("%(number)s files uploaded.") % {"number": taken})
    if form.errors:
        return _page(request, project, form)
    if request.POST.get("then"):
        return redirect(_place_after(request, project))
    return redirect(request.path)


def _page(request: HttpRequest, project: Project, form: UploadForm) -> HttpResponse:
    part, asked = project.sheet.part_of("attachments"), _asked(project)
    labels = {one.key: one.label for one in asked}
    files = [
        {**_file(project, file), "asked": labels.get(file.question, "")}
        for file in application_files(project)
    ]
    tasks = reverse("portal:application", args=[project.pk])
    context: dict[str, Any] = {
        "project": project,
        "title": part.label,
        "kicker": place_words(project, part),
        "form": form,
        "files": files,
        "fields": [
            {"field": form[one.key], "mark": "required" if one.must else "optional"}
            for one in asked
        ],
        "max_files": MAX_FILES,
        "remark": Remarks(project).of(part.code),
        "trail": trail((pgettext("portal", "Application"), tasks), (part.label, "")),
    }
    return show(request, "attachments.html", context, part=PROJECTS)


def _file(project: Project, file: Any) -> dict[str, Any]:
    href = reverse("portal:file", args=[file.pk])
    return {
        "name": file.name,
        "href": href,
        "kind": file.kind.upper(),
        "size": file.size,
        "preview": f"{href}?preview=1" if file.kind in PREVIEWED else "",
        "remove": reverse("portal:file_remove", args=[project.pk, file.pk]),
    }


@portal_view(Role.APPLICANT)
def remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Ask once more, then remove a file."""
    project = own_project(request, pk)
    found = get_object_or_404(application_files(project), pk=file)
    back = reverse("portal:attachments", args=[project.pk])
    if request.method == "POST":
        try:
            remove_file(project, found, by=request.user)
        except Refusal as refusal:
            tell(request, refusal, project)
            return redirect("portal:project", project.pk)
        messages.success(request, _("Removed: %(name)s") % {"name": found.name})
        return redirect(back)
    if not user_can_edit_application(project, request.user):
        messages.info(request, closed_sentence(project))
        return redirect("portal:project", project.pk)
    context = {
        "project": project,
        "file": found,
        "back": back,
        "trail": trail(
            (project.sheet.part_of("attachments").label, back), (_("Remove a file"), "")
        ),
    }
    return show(request, "file_remove.html", context, part=PROJECTS)
