"""Take one step with a project, or give it more time; and what the screens of one project share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.machine import steps
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import RecordFrame
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.projects.desk import register_url
from partybuilding.projects.forms import ExtendForm, StepForm
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_extend_return
from partybuilding.projects.phrases import PHRASES
from partybuilding.projects.selectors import case_file, next_waiting
from partybuilding.projects.services import extend_return, open_review
from partybuilding.projects.states import ProjectState


def case_address(project: Project, back: str = "") -> str:
    """Return the address of a case file."""
    return with_next(reverse("partybuilding:case", args=[project.pk]), back)


class ProjectFrame(RecordFrame):
    """A screen of one project that the user may see; every other project does not exist for them."""

    register_label = gettext_lazy("Register of projects")

    def find(self, user: AnyUser, pk: int) -> Project:
        """Return the project with its whole case file."""
        return case_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of projects."""
        return register_url()

    def address_of(self, record: Project, back: str = "") -> str:
        """Return the address of the case file."""
        return case_address(record, back)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the project with its whole case file, and note who has it before them."""
        super().setup(request, *args, **kwargs)
        self.project: Project = open_review(self.record, by=request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the project under its own name."""
        return super().get_context_data(project=self.project, **kwargs)


class StepView(ProjectFrame, steps.StepView):
    """The form of one step of a project."""

    form_class = StepForm
    brief_template = "partybuilding/projects/summary.html"
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead to what waits for the user."""
        return register_url(desk="mine")

    def following(self, moved: Project) -> Project | None:
        """Return the most urgent of the other projects that wait."""
        return next_waiting(self.request.user, moved)


class ExtendView(ProjectFrame, FormView):
    """A later deadline for a returned application."""

    template_name = "partybuilding/projects/extend.html"
    form_class = ExtendForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to returned applications of one's own desk; for others there is no such screen."""
        super().setup(request, *args, **kwargs)
        returned = self.project.state == ProjectState.RETURNED
        if not (returned and user_can_extend_return(self.project, request.user)):
            raise Http404

    def get_page_title(self) -> str:
        """Name the screen."""
        return _("Extend the deadline")

    def form_valid(self, form: ExtendForm) -> HttpResponse:
        """Extend, or say why not."""
        given = form.cleaned_data
        try:
            extend_return(
                self.project, given["until"], by=self.request.user, reason=given["reason"]
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("The deadline was extended."))
        return redirect(case_address(self.project, self.back))
