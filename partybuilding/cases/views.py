"""The staff screens of case studies: the file, its steps, its page, and how one begins."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.cases.kind import KIND
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.selectors import case_of
from partybuilding.cases.services import begin_page, start_case
from partybuilding.core.machine.steps import PlainForm
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.views.steps import ProjectFrame
from partybuilding.spreading.views import SpreadFrame, SpreadStepView, SpreadView, start_page_view


class CaseStudyFrame(SpreadFrame):
    """A screen of one case study."""

    kind = KIND

    def find(self, user: AnyUser, pk: int) -> CaseStudy:
        """Return the case with what its screens show."""
        return case_of(user, pk)


class CaseStudyView(CaseStudyFrame, SpreadView):
    """The file of a case study on one screen."""

    main_template = "partybuilding/cases/main.html"

    def lines(self) -> Iterable[Any]:
        """Name the project's number, year and organisation."""
        project = self.record.project
        return project.code, project.cycle, project.organization

    def holds(self) -> dict[str, Any]:
        """Return the page with its parts, and whether the user may open the project."""
        project = Project.objects.visible_to(self.request.user).filter(pk=self.record.project_id)
        page = self.kind.page_of(self.record)
        draft = page and page.get_latest_revision_as_object()
        return {
            "page": page,
            "parts": [(label, text) for label, text in draft.parts().items()] if draft else [],
            "sees_project": project.exists(),
        }


class CaseStudyStepView(CaseStudyFrame, SpreadStepView):
    """The form of one step of a case study."""

    brief_template = "partybuilding/cases/brief.html"


class StartCaseForm(forms.Form):
    """The title of a new case study."""

    title = forms.CharField(
        label=_("case title"),
        max_length=255,
        help_text=_("May be changed on its page; a title that tells what was done reads better."),
    )


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


start_page = start_page_view(CaseStudyView, begin_page)
