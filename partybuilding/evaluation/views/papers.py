"""The papers of judging for staff: letters, certificates, summaries, score sheets and their signed scans."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.evaluation.documents import certificates, explanation, groups, sheets
from partybuilding.evaluation.forms.scans import ScanForm
from partybuilding.evaluation.models import Award, Run, ScoreSheet
from partybuilding.evaluation.permissions import user_can_see_evaluation
from partybuilding.evaluation.selectors.explained import Explained, is_told
from partybuilding.evaluation.selectors.papers import group_rows, project_rows, sheet_rows
from partybuilding.evaluation.selectors.scans import scan_lines
from partybuilding.evaluation.services import attach_scans
from partybuilding.evaluation.states import RunState, SheetState
from partybuilding.evaluation.views.run_aspects import Aspect
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.documents import FORM_EDITIONS
from partybuilding.projects.models import Project


def _run(request: HttpRequest, pk: int) -> Run:
    rows = Run.objects.visible_to(request.user).select_related("cycle__evaluation")
    return get_object_or_404(rows.prefetch_related("cycle__grades"), pk=pk)


def _told_run(request: HttpRequest, pk: int) -> Run:
    run = _run(request, pk)
    if not is_told(run):
        raise Http404
    return run


@require_safe
def run_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the letters of explanation on all projects of a run."""
    return explanation.letters_response(_told_run(request, pk))


@require_safe
def letter(request: HttpRequest, pk: int, project: int, edition: str) -> HttpResponse:
    """Return the letter of explanation on one project."""
    run = _told_run(request, pk)
    told = Explained(run).of(project)
    if told is None or edition not in explanation.EDITIONS:
        raise Http404
    return explanation.letter_response(told, run, edition)


@require_safe
def run_certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the certificates of an announced run."""
    run = _run(request, pk)
    if not run.awards.exists():
        raise Http404
    return certificates.certificates_response(run)


@require_safe
def certificate(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the certificate of one award to whoever sees the award."""
    rows = Award.objects.visible_to(request.user).select_related("run", "project")
    award = get_object_or_404(rows, pk=pk)
    if edition not in certificates.EDITIONS:
        raise Http404
    return certificates.certificate_response(award, edition)


@require_safe
def run_groups(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the summaries of the groups as PDF or workbook."""
    run = _run(request, pk)
    if edition not in groups.EDITIONS:
        raise Http404
    return groups.EDITIONS[edition](run)


def _sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    if not user_can_see_evaluation(request.user):
        raise Http404
    return get_object_or_404(sheets.sheets_for_paper(ScoreSheet.objects.all()), pk=pk)


@require_safe
def sheet(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return a score sheet on paper; blank until it is handed in."""
    found = _sheet(request, pk)
    if edition not in FORM_EDITIONS:
        raise Http404
    return sheets.sheet_response(found, edition)


@require_safe
def group_sheets(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Return all sheets of a group in a year in one file."""
    if not user_can_see_evaluation(request.user):
        raise Http404
    found = get_object_or_404(ExpertGroup, pk=group)
    rows = sheets.sheets_for_paper(ScoreSheet.objects.of_experts()).filter(cycle=pk, group=found)
    own = list(rows.exclude(state=SheetState.EXCUSED).order_by("judge", "project__code"))
    if not own:
        raise Http404
    return sheets.sheets_response(own, f"{own[0].cycle} {found} 评分表")


class RunPapersView(Aspect):
    """The papers of a run: in one file, and singly for each project."""

    template_name = "partybuilding/evaluation/papers/run.html"
    page_title = gettext_lazy("Papers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the projects with their papers, and the groups."""
        return super().get_context_data(
            is_told=is_told(self.record),
            is_announced=self.record.state == RunState.ANNOUNCED,
            rows=project_rows(self.reading),
            groups=group_rows(self.record.cycle_id),
            **kwargs,
        )


class ProjectSheetsView(WagtailAdminTemplateMixin, TemplateView):
    """The score sheets on a project, to be printed, and the signed ones that came back."""

    template_name = "partybuilding/evaluation/papers/sheets.html"
    header_icon = "form"

    @cached_property
    def project(self) -> Project:
        """The project, for those who may see the evaluation."""
        if not user_can_see_evaluation(self.request.user):
            raise Http404
        return get_object_or_404(Project.objects.select_related("cycle"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Name the project."""
        return _("Score sheets on paper: %(project)s") % {"project": self.project}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the runs."""
        runs = {"url": reverse("party_runs_modeladmin_index"), "label": _("Runs of the evaluation")}
        return [*self.breadcrumbs_items, runs, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheets."""
        rows = sheet_rows(self.project)
        return super().get_context_data(project=self.project, rows=rows, **kwargs)


class ScanView(WagtailAdminTemplateMixin, FormView):
    """Attach the signed paper to a sheet that was handed in."""

    template_name = "partybuilding/evaluation/papers/scan.html"
    form_class = ScanForm
    header_icon = "upload"
    page_title = gettext_lazy("Signed score sheet")

    @cached_property
    def sheet(self) -> ScoreSheet:
        """The sheet, for those who may see the evaluation."""
        return _sheet(self.request, self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the sheets on the project."""
        above = {"url": self.back, "label": str(self.sheet.project)}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    @property
    def back(self) -> str:
        """Where the sheets on the project are listed."""
        return reverse("partybuilding:project_sheets", args=[self.sheet.project_id])

    def form_valid(self, form: ScanForm) -> HttpResponse:
        """Attach, or say why not."""
        try:
            attach_scans(self.sheet, form.cleaned_data["files"], by=self.request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("The signed sheet was attached."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheet with what came back so far."""
        return super().get_context_data(
            sheet=self.sheet,
            scans=scan_lines(self.sheet),
            is_locked=self.sheet.state == SheetState.LOCKED,
            back=self.back,
            **kwargs,
        )
