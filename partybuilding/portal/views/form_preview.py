"""How the form of a year looks to an applicant, while an officer writes it."""

from base64 import b64encode
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.utils.decorators import xframe_options_sameorigin_override

from partybuilding.core.papers.typesetting import application_form_picture
from partybuilding.core.sheets import Part, Sheet
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.organizations.models import Organization
from partybuilding.portal.forms import ApplicationPart
from partybuilding.portal.frame import show
from partybuilding.portal.presenters.content import answers
from partybuilding.projects.documents import application_form
from partybuilding.projects.models import Project, SheetDraft
from partybuilding.projects.yearform.asked import form_of_questions, marked
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.content import NotWhole, Reading, usable
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.views.form import FORM


class YearFormPreview(PreviewOnEdit):
    """The form as it is written at this moment, saved or not; half a question is shown as far as it goes."""

    model = SheetDraft
    # Wagtail 8 would ask for a right on the model, which nobody holds: the year's own rule decides.
    permission_policy = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who writes it."""
        if not user_can_edit_cycle(self.object.cycle, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_object(self) -> SheetDraft:
        """Return what is written for the year."""
        return draft_of(get_object_or_404(Cycle, pk=self.kwargs["pk"]))

    def get_form_class(self) -> Any:
        """Bind what the editor sends."""
        return FORM.get_form_class()

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it in the portal's own look."""
        form = self.get_form(self._get_form_data(self._get_form_state()))
        if form.is_bound and self.validate_form(form):
            form.save(commit=False)
        try:
            reading = Reading(self.object.parts.get_prep_value(), self.object.content)
        except NotWhole:
            return self.error_response()
        project = blank(self.object.cycle, sheet_from(usable(reading.content)))
        context = {"title": self.object, "faults": reading.faults}
        if request.GET.get("mode") == "check":
            context["rows"] = answers(project, change=False)
        elif request.GET.get("mode") == "paper":
            picture = application_form_picture(application_form(project))
            context["page"] = f"data:image/png;base64,{b64encode(picture).decode()}"
        else:
            parts = project.year_sheet.parts
            context["parts"] = [(part.label, part.help, _shown(project, part)) for part in parts]
        return show(request, "form_preview.html", context)


def blank(cycle: Cycle, sheet: Sheet) -> Project:
    """Return an empty application of some organisation."""
    some = Organization.objects.order_by("pk").first() or Organization()
    project = Project(pk=0, cycle=cycle, organization=some)
    project.whole_sheet, project.year_sheet = sheet.of(""), sheet
    return project


def _shown(project: Project, part: Part) -> list[dict[str, Any]]:
    if part.purpose:
        form = form_of_questions(part.fields)()
        return list(marked(form, part.fields, project.year_sheet, project))
    return list(ApplicationPart(project, part).marked())
