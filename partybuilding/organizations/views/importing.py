"""Import in three steps: take the template, try the filled one, take it over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from partybuilding.core.files.pending import fetch, keep, throw_away
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.registers.exports import CONTENT_TYPE
from partybuilding.organizations.forms import UploadForm
from partybuilding.organizations.importing import import_workbook
from partybuilding.organizations.imports import template_workbook
from partybuilding.organizations.imports.report import ImportReport
from partybuilding.organizations.views.frame import Screen, attempt
from partybuilding.organizations.views.organizations import REGISTER

SESSION_KEY = "partybuilding_import"
#: Errors that are listed; who has more mends these first.
SHOWN = 200


class ImportFrame(Screen):
    """A screen of the import."""

    header_icon = "upload"
    page_title = gettext_lazy("Import from Excel")

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the register of organisations."""
        return [(reverse(REGISTER), _("Party organizations"))]


class UploadView(ImportFrame, FormView):
    """Choose the filled template; the dry run follows at once."""

    template_name = "partybuilding/organizations/import_upload.html"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Try it; keep a workbook of ours for the next step."""
        file = form.cleaned_data["file"]
        report = attempt(form, lambda: import_workbook(file, by=self.request.user, dry_run=True))
        if report is None:
            return self.form_invalid(form)
        session = self.request.session
        throw_away((session.pop(SESSION_KEY, None) or {}).get("key", ""))
        if report.changes_anything:
            session[SESSION_KEY] = {"key": keep(file), "plan": report.plan, "name": file.name}
        return show(self, report, file.name)


class ConfirmView(ImportFrame, TemplateView):
    """Take over the workbook that was tried last."""

    template_name = "partybuilding/organizations/import_result.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Import it and throw the file away; what changed meanwhile is found again."""
        parcel = request.session.pop(SESSION_KEY, None) or {}
        key, name = parcel.get("key", ""), parcel.get("name", "")
        file = fetch(key)
        if file is None:
            messages.error(request, _("The file is no longer there; please upload it again."))
            return redirect("partybuilding:import")
        try:
            with file:
                report = import_workbook(file, by=request.user, dry_run=False, shown=parcel["plan"])
                if report.overtaken and report.changes_anything:
                    again = {"key": keep(file), "plan": report.plan, "name": name}
                    request.session[SESSION_KEY] = again
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("partybuilding:import")
        finally:
            throw_away(key)
        return show(self, report, name)


class TemplateFileView(ImportFrame, TemplateView):
    """The empty workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return it as a download."""
        response = HttpResponse(template_workbook(), content_type=CONTENT_TYPE)
        name = _("Template for organizations and people")
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
        return response


def show(view: Any, report: ImportReport, name: str) -> HttpResponse:
    """Show what was found or done."""
    view.template_name = "partybuilding/organizations/import_result.html"
    context = view.get_context_data(
        report=report,
        file_name=name,
        errors=report.errors[:SHOWN],
        more=max(len(report.errors) - SHOWN, 0),
        changes=[one for one in report.changes if not one.is_new][:SHOWN],
        fresh=[one for one in report.changes if one.is_new][:SHOWN],
        more_changes=sum(
            max(sum(one.is_new == kind for one in report.changes) - SHOWN, 0)
            for kind in (True, False)
        ),
        tallies=[
            (_("Party organizations"), report.organizations),
            (_("People"), report.people),
        ],
    )
    return view.render_to_response(context)
