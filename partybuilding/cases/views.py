"""The staff screens of case studies: the file, its steps, its page, and how one begins."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from partybuilding.cases.desk import register_url
from partybuilding.cases.forms import StartCaseForm
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.permissions import user_can_write_case
from partybuilding.cases.phrases import PHRASES
from partybuilding.cases.selectors import case_of
from partybuilding.cases.services import begin_page, start_case
from partybuilding.cases.states import STRIP
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.registers.ways import with_next
from partybuilding.projects.models import Project
from partybuilding.projects.views.frame import ProjectFrame


def case_study_address(case: CaseStudy, back: str = "") -> str:
    """Return the address of a case's file."""
    return with_next(reverse("partybuilding:case_study", args=[case.pk]), back)


class CaseStudyFrame(RecordFrame):
    """A screen of one case study that the user may see; every other one does not exist for them."""

    header_icon = "openquote"
    register_label = _("Case studies")

    def find(self, user: Any, pk: int) -> CaseStudy:
        """Return the case with what its screens show."""
        return case_of(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of cases."""
        return register_url()

    def address_of(self, record: CaseStudy, back: str = "") -> str:
        """Return the address of the case's file."""
        return case_study_address(record, back)


class CaseStudyView(CaseStudyFrame, RecordView):
    """The file of a case study on one screen."""

    strip = STRIP
    main_template = "partybuilding/cases/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:case_study_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name the project's number, year and organisation."""
        project = self.record.project
        return project.code, project.cycle, project.organization

    def ways(self) -> Iterator[Way]:
        """Lead to the page."""
        case, user = self.record, self.request.user
        page = getattr(case, "page", None)
        if not user_can_write_case(user):
            return
        if page is not None:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield Way(_("Edit the public page"), url, "doc-full")
        elif case.state_row.strip:
            url = reverse("partybuilding:case_study_page", args=[case.pk])
            yield Way(_("Write the public page"), url, "doc-empty-inverse", post=True)

    def holds(self) -> dict[str, Any]:
        """Return the page with its parts, and whether the user may open the project."""
        project = Project.objects.visible_to(self.request.user).filter(pk=self.record.project_id)
        page = getattr(self.record, "page", None)
        draft = page and page.get_latest_revision_as_object()
        return {
            "page": page,
            "parts": [(label, text) for label, text in draft.parts().items()] if draft else [],
            "sees_project": project.exists(),
        }


class CaseStudyStepView(CaseStudyFrame, StepView):
    """The form of one step of a case study."""

    brief_template = "partybuilding/cases/brief.html"
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the file."""
        return case_study_address(self.record)

    def following(self, moved: CaseStudy) -> CaseStudy | None:
        """Return the most urgent of the other cases that wait."""
        user = self.request.user
        waiting = CaseStudy.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


class StartCaseView(ProjectFrame, PlainForm):
    """A new case study from a graded project, with its draft page filled from the file."""

    form_class = StartCaseForm
    brief_template = "partybuilding/projects/summary.html"
    page_title = _("Start a case study")
    submit_label = _("Start the case study")
    explanation = _("A draft page is made and filled from the project's file, for you to edit.")
    done_label = _("The case study was started.")

    def get_initial(self) -> dict[str, Any]:
        """Propose the project's title."""
        return {"title": self.project.title}

    def write(self, form: StartCaseForm) -> CaseStudyPage:
        """Start it."""
        return start_case(self.project, by=self.request.user, title=form.cleaned_data["title"])

    def done_url(self, written: CaseStudyPage) -> str:
        """Go on writing the page."""
        return reverse("wagtailadmin_pages:edit", args=[written.pk])


@require_POST
def start_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft page of a case and open it."""
    frame = CaseStudyView()
    frame.setup(request, pk=pk)
    try:
        page = begin_page(frame.record, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(case_study_address(frame.record))
    return redirect("wagtailadmin_pages:edit", page.pk)
