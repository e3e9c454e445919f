"""Papers of the evaluation in the portal: the letter on one's result, certificates, one's own score sheet."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.documents import certificates, explanation, sheets
from partybuilding.evaluation.forms.scans import ScanForm
from partybuilding.evaluation.models import Award, ScoreSheet
from partybuilding.evaluation.permissions import own_sheets
from partybuilding.evaluation.selectors.explained import Explained, told_run
from partybuilding.evaluation.selectors.scans import scan_lines
from partybuilding.evaluation.services import attach_scans
from partybuilding.evaluation.states import SheetState
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import show
from partybuilding.portal.views.lookup import own_project
from partybuilding.projects.models import Project

KINDS = (("pdf", "PDF"), ("docx", "Word"))


def result_papers(project: Project, user: AnyUser) -> list[dict[str, str]]:
    """Return the letter of explanation and one's certificates as downloads, once the results are announced."""
    if told_run(project) is None:
        return []
    papers = [(_("Letter of explanation"), "portal:result_letter", [project.pk])]
    own = list(_own_awards(project, user))
    for award in own:
        name = _("Certificate")
        label = f"{name}（{award.organization}）" if len(own) > 1 else name
        papers.append((label, "portal:certificate", [project.pk, award.pk]))
    return [
        {"name": name, "href": reverse(place, args=[*args, code]), "kind": kind}
        for name, place, args in papers
        for code, kind in KINDS
    ]


def _own_awards(project: Project, user: AnyUser) -> QuerySet[Award]:
    own = roles_of_user(user).ids(Role.APPLICANT)
    rows = Award.objects.filter(project=project, organization__in=own)
    return rows.select_related("organization", "run", "project").order_by("pk")


@require_safe
@portal_view(Role.APPLICANT)
def result_letter(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the letter that explains the result."""
    project = own_project(request, pk)
    run = told_run(project)
    told = Explained(run).of(project.pk) if run is not None else None
    if run is None or told is None or edition not in explanation.EDITIONS:
        raise Http404
    return explanation.letter_response(told, run, edition)


@require_safe
@portal_view(Role.APPLICANT)
def certificate(request: HttpRequest, pk: int, award: int, edition: str) -> HttpResponse:
    """Return the certificate of one's own organisation."""
    found = get_object_or_404(_own_awards(own_project(request, pk), request.user), pk=award)
    if edition not in certificates.EDITIONS:
        raise Http404
    return certificates.certificate_response(found, edition)


def _own_sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    rows = ScoreSheet.objects.filter(own_sheets(request.user)).exclude(state=SheetState.EXCUSED)
    return get_object_or_404(sheets.sheets_for_paper(rows), pk=pk)


@require_safe
@portal_view(Role.EXPERT, Role.APPLICANT)
def sheet(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return one's own score sheet on paper."""
    found = _own_sheet(request, pk)
    if edition not in sheets.EDITIONS:
        raise Http404
    return sheets.sheet_response(found, edition, own=True)


@portal_view(Role.EXPERT, Role.APPLICANT)
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the signed papers of one's own sheet, and take in another once it is handed in."""
    found = _own_sheet(request, pk)
    sent = request.method == "POST"
    form = ScanForm(request.POST, request.FILES) if sent else ScanForm()
    if sent and form.is_valid():
        try:
            attach_scans(found, form.cleaned_data["files"], by=request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error("files", sentence)
        else:
            messages.success(request, _("The signed sheet was attached."))
            return redirect(request.path)
    title = pgettext("portal", "Signed score sheet")
    context = {
        "title": title,
        "sheet": found,
        "form": form,
        "is_locked": found.state == SheetState.LOCKED,
        "code": found.seal[: sheets.CODE],
        "papers": [
            {
                "name": _("Score sheet"),
                "href": reverse("portal:sheet_paper", args=[found.pk, code]),
                "kind": kind,
            }
            for code, kind in KINDS
        ],
        "scans": [_scan(line) for line in scan_lines(found)],
        "trail": [{"text": str(found.project)}, {"text": title}],
    }
    return show(request, "scan.html", context)


def _scan(line: dict[str, Any]) -> dict[str, Any]:
    file = line["file"]
    return {
        "name": file.name,
        "href": reverse("portal:file", args=[file.pk]),
        "kind": file.kind.upper(),
        "size": file.size,
        "note": _("of an earlier version of the sheet") if line["is_earlier"] else "",
    }
